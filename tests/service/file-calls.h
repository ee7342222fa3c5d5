/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include "core/handover-attachment.h"
#include "service-fixture.h"

G_BEGIN_DECLS

/* One answer to a request whose body or answer is no JSON. */
typedef struct
{
  guint status;
  GBytes *bytes;
  SoupMessageHeaders *headers;
  GError *error;
  gboolean done;
} FileAnswer;

void file_answer_clear (FileAnswer *self);
FileAnswer file_upload (ServiceFixture *self,
                        const char *path,
                        const char *token,
                        const char *disposition,
                        const char *key,
                        gconstpointer data,
                        gsize size);
FileAnswer file_download (ServiceFixture *self,
                          const char *prefix,
                          const char *token,
                          const char *id,
                          const char *range);
HandoverAttachment *file_read_attachment (const FileAnswer *answer);
char *file_put (ServiceFixture *self,
                const char *prefix,
                const char *token,
                const char *bytes);
gint64 file_ask (ServiceFixture *self,
                 const char *query);
char *file_call (ServiceFixture *self,
                 const char *method,
                 const char *path,
                 const char *token,
                 const char *body,
                 guint status,
                 const char *member);
char *file_make_key (ServiceFixture *self,
                     const char *token,
                     const char *name);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (FileAnswer, file_answer_clear)

G_END_DECLS
