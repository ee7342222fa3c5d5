/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What nobody can make anything of. */
#define HANDOVER_FILE_TYPE_UNKNOWN "application/octet-stream"

/**
 * HandoverFileType:
 * @type: the media type
 * @width: the width of a picture in pixels, or 0
 * @height: its height, or 0
 *
 * What a file is by its bytes.
 */
typedef struct
{
  const char *type;
  guint width;
  guint height;
} HandoverFileType;

void handover_file_type_sniff (HandoverFileType *self,
                               const guint8     *data,
                               gsize             size);

G_END_DECLS
