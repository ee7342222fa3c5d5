/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * HandoverStatement:
 *
 * A prepared statement. It belongs to its database, which hands the same one out again, reset, at the next
 * [method@Database.prepare] of its name.
 */
typedef struct _HandoverStatement HandoverStatement;

void        handover_statement_bind       (HandoverStatement *self,
                                           const char        *format,
                                           ...);
void        handover_statement_bind_valist (HandoverStatement *self,
                                            const char        *format,
                                            va_list            arguments);
gboolean    handover_statement_step       (HandoverStatement  *self,
                                           gboolean           *row,
                                           GError            **error);
void        handover_statement_reset      (HandoverStatement *self);

gboolean    handover_statement_is_null    (HandoverStatement *self,
                                           int                column);
const char *handover_statement_get_text   (HandoverStatement *self,
                                           int                column);
char       *handover_statement_dup_text   (HandoverStatement *self,
                                           int                column);
gint64      handover_statement_get_int    (HandoverStatement *self,
                                           int                column);
double      handover_statement_get_double (HandoverStatement *self,
                                           int                column);
GBytes     *handover_statement_get_bytes  (HandoverStatement *self,
                                           int                column);

G_END_DECLS
