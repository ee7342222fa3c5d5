/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include <gio/gio.h>

#include "core/handover-message.h"

G_BEGIN_DECLS

#define HANDOVER_TYPE_TRANSCRIPT (handover_transcript_get_type ())
G_DECLARE_FINAL_TYPE (HandoverTranscript, handover_transcript, HANDOVER, TRANSCRIPT, GObject)

const char *handover_transcript_get_conversation_id (HandoverTranscript *self);
gboolean    handover_transcript_get_loading         (HandoverTranscript *self);
gboolean    handover_transcript_get_complete        (HandoverTranscript *self);
const char *handover_transcript_get_error           (HandoverTranscript *self);
void        handover_transcript_load_older          (HandoverTranscript *self);
gboolean    handover_transcript_is_unsent           (HandoverMessage    *message);

G_END_DECLS
