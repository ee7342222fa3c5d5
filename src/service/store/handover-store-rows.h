/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include "core/handover-escalation.h"
#include "database/handover-statement.h"

G_BEGIN_DECLS

HandoverPerson *handover_store_read_person (HandoverStatement *row,
                                            int                id_column,
                                            int                name_column);
int             handover_store_read_enum   (HandoverStatement *row,
                                            int                column,
                                            GType              type);
JsonNode       *handover_store_read_json   (HandoverStatement *row,
                                            int                column);
char          **handover_store_read_list   (HandoverStatement *row,
                                            int                column);
double          handover_store_read_part   (HandoverStatement *row,
                                            int                column);
char           *handover_store_write_json  (JsonNode          *node);
char           *handover_store_write_list  (char             **list);
gboolean        handover_store_read_number (HandoverStatement  *statement,
                                            gint64             *number,
                                            GError            **error);

G_END_DECLS
