/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include "core/handover-escalation.h"
#include "service/store/handover-store.h"

G_BEGIN_DECLS

/**
 * HandoverStoreRead:
 * @row: a row
 *
 * Makes something of a row.
 *
 * Returns: (transfer full): it
 */
typedef gpointer (*HandoverStoreRead) (HandoverStatement *row);

gboolean        handover_store_look_up     (HandoverStore      *self,
                                            HandoverStatement **row,
                                            GError            **error,
                                            const char         *name,
                                            const char         *format,
                                            ...);
gboolean        handover_store_look_up_text (HandoverStore     *self,
                                             char              **text,
                                             GError            **error,
                                             const char         *name,
                                             const char         *format,
                                             ...);
gpointer        handover_store_read_one    (HandoverStore      *self,
                                            HandoverStoreRead   read,
                                            const char         *what,
                                            GError            **error,
                                            const char         *name,
                                            const char         *format,
                                            ...);
GPtrArray      *handover_store_read_all    (HandoverStore      *self,
                                            HandoverStoreRead   read,
                                            GDestroyNotify      free_item,
                                            GError            **error,
                                            const char         *name,
                                            const char         *format,
                                            ...);
gboolean        handover_store_end_page    (GPtrArray          *page,
                                            guint               limit);
gpointer        handover_store_read_id     (HandoverStatement  *row);
HandoverPerson *handover_store_read_person (HandoverStatement *row,
                                            int                id_column,
                                            int                name_column);
int             handover_store_read_enum   (HandoverStatement *row,
                                            int                column,
                                            GType              type);
JsonNode       *handover_store_read_json   (HandoverStatement *row,
                                            int                column);
GPtrArray      *handover_store_read_records (HandoverStatement *row,
                                             int                column,
                                             GType              type);
char          **handover_store_read_list   (HandoverStatement *row,
                                            int                column);
double          handover_store_read_part   (HandoverStatement *row,
                                            int                column);
char           *handover_store_write_json  (JsonNode          *node);
char           *handover_store_write_records (GPtrArray       *records);
char           *handover_store_write_list  (char             **list);
gboolean        handover_store_read_number (HandoverStatement  *statement,
                                            gint64             *number,
                                            GError            **error);

G_END_DECLS
