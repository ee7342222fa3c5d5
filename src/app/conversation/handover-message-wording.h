/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include "client/store/handover-files.h"
#include "client/store/handover-outbox.h"
#include "core/handover-message.h"

G_BEGIN_DECLS

/**
 * HandoverVoice:
 * @HANDOVER_VOICE_CUSTOMER: the customer
 * @HANDOVER_VOICE_AGENT: the AI
 * @HANDOVER_VOICE_OPERATOR: a person of the team, to the customer
 * @HANDOVER_VOICE_NOTE: a person of the team, to the team
 * @HANDOVER_VOICE_AUTOMATIC: the service, to the customer
 * @HANDOVER_VOICE_TOOL: something the AI did
 * @HANDOVER_VOICE_CHANGE: who may speak has changed
 * @HANDOVER_VOICE_REFUSED: what the AI was not allowed to say
 *
 * Whose voice a message is in a transcript.
 */
typedef enum
{
  HANDOVER_VOICE_CUSTOMER,
  HANDOVER_VOICE_AGENT,
  HANDOVER_VOICE_OPERATOR,
  HANDOVER_VOICE_NOTE,
  HANDOVER_VOICE_AUTOMATIC,
  HANDOVER_VOICE_TOOL,
  HANDOVER_VOICE_CHANGE,
  HANDOVER_VOICE_REFUSED,
} HandoverVoice;

/**
 * HandoverReader:
 * @operator_id: (nullable): who reads
 * @customer: (nullable): what the customer is called
 * @online: whether what is written leaves at once
 * @files: (nullable): where attachments come from
 * @outbox: (nullable): where what has not left yet is
 *
 * Who reads a transcript, and how it stands.
 */
typedef struct
{
  char *operator_id;
  char *customer;
  gboolean online;
  HandoverFiles *files;
  HandoverOutbox *outbox;
} HandoverReader;

HandoverVoice handover_message_wording_voice     (HandoverMessage      *message);
gboolean      handover_message_wording_same_run  (HandoverMessage      *message,
                                                  HandoverMessage      *next);
gboolean      handover_message_wording_same_day  (gint64                a,
                                                  gint64                b);
gboolean      handover_message_wording_is_unsent (HandoverMessage      *message);
gboolean      handover_message_wording_is_mine   (HandoverMessage      *message,
                                                  const HandoverReader *reader);
gboolean      handover_message_wording_can_answer (HandoverMessage    *message);
char         *handover_message_wording_day       (gint64                at,
                                                  gint64                now);
char         *handover_message_wording_author    (HandoverMessage      *message,
                                                  const HandoverReader *reader);
char         *handover_message_wording_quoted_author (HandoverPreview      *quote,
                                                      const HandoverReader *reader);
char         *handover_message_wording_quoted_line (HandoverPreview      *quote);
char         *handover_message_wording_quoted    (HandoverPreview      *quote,
                                                  const HandoverReader *reader);
char         *handover_message_wording_change    (HandoverMessage      *message,
                                                  const HandoverReader *reader);
char         *handover_message_wording_tool      (HandoverTool         *tool,
                                                  const char           *text);
char         *handover_message_wording_delivery  (HandoverMessage      *message,
                                                  const HandoverReader *reader);
char         *handover_message_wording_spoken    (HandoverMessage      *message,
                                                  const HandoverReader *reader);

G_END_DECLS
