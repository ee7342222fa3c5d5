/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include "database/handover-workers.h"
#include "service/channels/handover-channel.h"
#include "service/handover-config.h"
#include "service/handover-vault.h"
#include "service/store/handover-store-channels.h"

G_BEGIN_DECLS

/**
 * HandoverLineOptions:
 * @config: the configuration
 * @workers: runs the jobs
 * @vault: opens the tokens
 *
 * What a channel is run with; all of it outlives the channel's line.
 */
typedef struct
{
  HandoverConfig *config;
  HandoverWorkers *workers;
  HandoverVault *vault;
} HandoverLineOptions;

#define HANDOVER_TYPE_LINE (handover_line_get_type ())
G_DECLARE_FINAL_TYPE (HandoverLine, handover_line, HANDOVER, LINE, GObject)

HandoverLine *handover_line_new         (const HandoverLineOptions *options,
                                         HandoverStoreChannel      *row);
gboolean      handover_line_is_current  (HandoverLine              *self,
                                         HandoverStoreChannel      *row);
void          handover_line_start       (HandoverLine              *self);
void          handover_line_wake        (HandoverLine              *self,
                                         const char                *conversation_id);
void          handover_line_show_typing (HandoverLine              *self,
                                         const char                *contact);
void          handover_line_answer_press (HandoverLine             *self,
                                          const char               *press);
void          handover_line_stop_async  (HandoverLine              *self,
                                         GAsyncReadyCallback        callback,
                                         gpointer                   user_data);
void          handover_line_stop_finish (HandoverLine              *self,
                                         GAsyncResult              *result);

G_END_DECLS
