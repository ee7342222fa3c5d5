/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include <adwaita.h>

#include "client/store/handover-files.h"
#include "client/store/handover-outbox.h"

G_BEGIN_DECLS

#define HANDOVER_TYPE_TRANSCRIPT_VIEW (handover_transcript_view_get_type ())

G_DECLARE_FINAL_TYPE (HandoverTranscriptView, handover_transcript_view, HANDOVER, TRANSCRIPT_VIEW, AdwBin)

void       handover_transcript_view_set_reader  (HandoverTranscriptView *self,
                                                 const char             *operator_id,
                                                 const char             *customer,
                                                 gboolean                online);
void       handover_transcript_view_set_files   (HandoverTranscriptView *self,
                                                 HandoverFiles          *files,
                                                 HandoverOutbox         *outbox);
void       handover_transcript_view_set_model   (HandoverTranscriptView *self,
                                                 GListModel             *model);
void       handover_transcript_view_set_loading (HandoverTranscriptView *self,
                                                 gboolean                loading);
void       handover_transcript_view_set_error   (HandoverTranscriptView *self,
                                                 const char             *error);
gboolean   handover_transcript_view_get_at_end  (HandoverTranscriptView *self);
void       handover_transcript_view_show_message (HandoverTranscriptView *self,
                                                  guint                   position);

G_END_DECLS
