/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include <gio/gio.h>

#include "core/handover-record.h"

G_BEGIN_DECLS

#define HANDOVER_TYPE_RECORD_MODEL (handover_record_model_get_type ())
G_DECLARE_FINAL_TYPE (HandoverRecordModel, handover_record_model, HANDOVER, RECORD_MODEL, GObject)

HandoverRecordModel *handover_record_model_new    (GType                type,
                                                   GCompareFunc         compare);
void                 handover_record_model_put    (HandoverRecordModel *self,
                                                   HandoverRecord      *record);
void                 handover_record_model_remove (HandoverRecordModel *self,
                                                   const char          *id);
void                 handover_record_model_retain (HandoverRecordModel *self,
                                                   GPtrArray           *records);

G_END_DECLS
