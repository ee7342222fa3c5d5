/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "config.h"

#include "app/conversation/handover-message-wording.h"

#include <glib/gi18n.h>

#include "app/handover-wording.h"

/* Messages of one voice closer than this belong together. */
#define RUN_GAP (5 * 60 * 1000)

static HandoverVoice
find_voice (HandoverMessageKind kind,
            HandoverAuthor      author)
{
  switch (kind)
    {
    case HANDOVER_MESSAGE_KIND_NOTE:
      return HANDOVER_VOICE_NOTE;
    case HANDOVER_MESSAGE_KIND_TOOL:
      return HANDOVER_VOICE_TOOL;
    case HANDOVER_MESSAGE_KIND_TRANSITION:
      return HANDOVER_VOICE_AUTOMATIC;
    case HANDOVER_MESSAGE_KIND_CONTROL:
      return HANDOVER_VOICE_CHANGE;
    case HANDOVER_MESSAGE_KIND_REFUSED:
      return HANDOVER_VOICE_REFUSED;
    case HANDOVER_MESSAGE_KIND_MESSAGE:
    case HANDOVER_MESSAGE_KIND_UNKNOWN:
    default:
      break;
    }

  switch (author)
    {
    case HANDOVER_AUTHOR_CUSTOMER:
      return HANDOVER_VOICE_CUSTOMER;
    case HANDOVER_AUTHOR_OPERATOR:
      return HANDOVER_VOICE_OPERATOR;
    case HANDOVER_AUTHOR_TOOL:
      return HANDOVER_VOICE_TOOL;
    case HANDOVER_AUTHOR_AGENT:
      return HANDOVER_VOICE_AGENT;
    case HANDOVER_AUTHOR_SYSTEM:
    case HANDOVER_AUTHOR_UNKNOWN:
    default:
      return HANDOVER_VOICE_AUTOMATIC;
    }
}

/**
 * handover_message_wording_voice:
 * @message: a message
 *
 * Says whose voice a message is.
 *
 * Returns: the voice
 */
HandoverVoice
handover_message_wording_voice (HandoverMessage *message)
{
  return find_voice (message->kind, message->author);
}

/**
 * handover_message_wording_same_day:
 * @a: milliseconds since 1970
 * @b: likewise
 *
 * Says whether two moments are on the same day here.
 *
 * Returns: %TRUE if they are
 */
gboolean
handover_message_wording_same_day (gint64 a,
                                   gint64 b)
{
  g_autoptr (GDateTime) first = g_date_time_new_from_unix_local (a / 1000);
  g_autoptr (GDateTime) second = g_date_time_new_from_unix_local (b / 1000);

  return first != NULL && second != NULL && g_date_time_get_year (first) == g_date_time_get_year (second)
         && g_date_time_get_day_of_year (first) == g_date_time_get_day_of_year (second);
}

/**
 * handover_message_wording_same_run:
 * @message: a message
 * @next: the one after it
 *
 * Says whether two messages were said in one breath: by the same person or AI, and soon after each other.
 *
 * Returns: %TRUE if they were
 */
gboolean
handover_message_wording_same_run (HandoverMessage *message,
                                   HandoverMessage *next)
{
  HandoverVoice voice = handover_message_wording_voice (message);

  return voice <= HANDOVER_VOICE_OPERATOR && voice == handover_message_wording_voice (next)
         && g_strcmp0 (message->operator != NULL ? message->operator->id : NULL,
                       next->operator != NULL ? next->operator->id : NULL) == 0
         && ABS (next->at - message->at) < RUN_GAP && handover_message_wording_same_day (message->at, next->at);
}

/**
 * handover_message_wording_is_unsent:
 * @message: a message
 *
 * Says whether a message has not left this desk yet.
 *
 * Returns: %TRUE while it waits in the outbox
 */
gboolean
handover_message_wording_is_unsent (HandoverMessage *message)
{
  return message->version == 0 && message->delivery != NULL
         && message->delivery->state == HANDOVER_DELIVERY_STATE_QUEUED;
}

/**
 * handover_message_wording_can_answer:
 * @message: a message
 *
 * Says whether a message can be named as the one that is answered.
 *
 * Returns: %TRUE if the customer wrote or was shown it
 */
gboolean
handover_message_wording_can_answer (HandoverMessage *message)
{
  return (message->kind == HANDOVER_MESSAGE_KIND_MESSAGE || message->kind == HANDOVER_MESSAGE_KIND_TRANSITION)
         && !handover_message_wording_is_unsent (message);
}

/**
 * handover_message_wording_is_mine:
 * @message: a message
 * @reader: who reads
 *
 * Says whether the reader wrote or did it.
 *
 * Returns: %TRUE if so
 */
gboolean
handover_message_wording_is_mine (HandoverMessage      *message,
                                  const HandoverReader *reader)
{
  return message->operator != NULL && g_strcmp0 (message->operator->id, reader->operator_id) == 0;
}

/**
 * handover_message_wording_day:
 * @at: milliseconds since 1970
 * @now: the time now, likewise
 *
 * Names a day.
 *
 * Returns: (transfer full): the text
 */
char *
handover_message_wording_day (gint64 at,
                              gint64 now)
{
  g_autofree char *moment = NULL;

  if (handover_message_wording_same_day (at, now))
    return g_strdup (_("Today"));

  moment = handover_wording_moment (at, now);

  /* It stands alone: some languages write weekdays small. */
  return handover_wording_sentence (moment);
}

static char *
name_author (HandoverVoice         voice,
             HandoverPerson       *operator,
             const HandoverReader *reader)
{
  switch (voice)
    {
    case HANDOVER_VOICE_CUSTOMER:
      return g_strdup (reader->customer != NULL ? reader->customer : _("Customer"));
    case HANDOVER_VOICE_OPERATOR:
    case HANDOVER_VOICE_NOTE:
      if (operator != NULL && g_strcmp0 (operator->id, reader->operator_id) == 0)
        return g_strdup (_("You"));
      return g_strdup (operator != NULL ? operator->name : _("A colleague"));
    case HANDOVER_VOICE_AUTOMATIC:
      return g_strdup (_("Automatic message"));
    case HANDOVER_VOICE_AGENT:
    case HANDOVER_VOICE_TOOL:
    case HANDOVER_VOICE_CHANGE:
    case HANDOVER_VOICE_REFUSED:
    default:
      /* Translators: an AI agent, as the author of a message */
      return g_strdup (_("AI"));
    }
}

/**
 * handover_message_wording_author:
 * @message: a message
 * @reader: who reads
 *
 * Names whoever said it.
 *
 * Returns: (transfer full): the text
 */
char *
handover_message_wording_author (HandoverMessage      *message,
                                 const HandoverReader *reader)
{
  return name_author (handover_message_wording_voice (message), message->operator, reader);
}

/**
 * handover_message_wording_quoted_author:
 * @quote: a message that another one answers
 * @reader: who reads
 *
 * Names whoever said it.
 *
 * Returns: (transfer full): the text
 */
char *
handover_message_wording_quoted_author (HandoverPreview      *quote,
                                        const HandoverReader *reader)
{
  return name_author (find_voice (quote->kind, quote->author), quote->operator, reader);
}

static char *
word_escalation (HandoverChange *change)
{
  switch ((HandoverTrigger) change->trigger)
    {
    case HANDOVER_TRIGGER_CUSTOMER_RETURNED:
      return g_strdup (_("The customer came back"));
    case HANDOVER_TRIGGER_AGENT_FAILURE:
      return g_strdup (_("The AI does not answer"));
    case HANDOVER_TRIGGER_OTHER:
      /* Also where no AI was there to ask. */
      return g_strdup (_("A person is needed"));
    case HANDOVER_TRIGGER_CUSTOMER_REQUEST:
    case HANDOVER_TRIGGER_HIGH_RISK_INTENT:
    case HANDOVER_TRIGGER_NEGATIVE_SENTIMENT:
    case HANDOVER_TRIGGER_KNOWLEDGE_GAP:
    case HANDOVER_TRIGGER_LOW_CONFIDENCE:
    case HANDOVER_TRIGGER_POLICY:
    case HANDOVER_TRIGGER_OPERATOR_TAKEOVER:
    case HANDOVER_TRIGGER_UNKNOWN:
    default:
      return g_strdup (_("The AI asked for help"));
    }
}

static char *
word_transfer (HandoverChange       *change,
               const char           *who,
               const HandoverReader *reader)
{
  g_autofree char *to = handover_wording_embed (change->to != NULL ? change->to->name : _("A colleague"));

  if (who == NULL)
    /* Translators: you gave the conversation to a colleague */
    return g_strdup_printf (_("You passed the conversation to %s"), to);
  if (change->to != NULL && g_strcmp0 (change->to->id, reader->operator_id) == 0)
    /* Translators: a colleague gave you the conversation */
    return g_strdup_printf (_("%s passed the conversation to you"), who);

  /* Translators: a colleague gave the conversation to another */
  return g_strdup_printf (_("%s passed the conversation to %s"), who, to);
}

static char *
word_closing (HandoverMessage *message,
              const char      *who,
              gboolean         mine)
{
  g_autofree char *text = NULL;

  if (message->operator == NULL)
    return g_strdup (_("The AI closed the conversation"));

  text = mine ? g_strdup (_("You closed the conversation")) /* Translators: %s is a colleague */
              : g_strdup_printf (_("%s closed the conversation"), who);
  if (message->change->resolution == HANDOVER_RESOLUTION_UNKNOWN)
    return g_steal_pointer (&text);

  return g_strdup_printf ("%s · %s", text, handover_wording_resolution (message->change->resolution));
}

/**
 * handover_message_wording_change:
 * @message: a control message
 * @reader: who reads
 *
 * Says what changed, without the time.
 *
 * Returns: (transfer full): the text
 */
char *
handover_message_wording_change (HandoverMessage      *message,
                                 const HandoverReader *reader)
{
  HandoverChange *change = message->change;
  gboolean mine = handover_message_wording_is_mine (message, reader);
  g_autofree char *who = handover_wording_embed (message->operator != NULL ? message->operator->name
                                                                          : _("A colleague"));

  if (change == NULL)
    return g_strdup (message->text != NULL ? message->text : "");

  switch ((HandoverChangeKind) change->kind)
    {
    case HANDOVER_CHANGE_KIND_ESCALATED:
      return word_escalation (change);
    case HANDOVER_CHANGE_KIND_CLAIMED:
      return mine ? g_strdup (_("You took over")) /* Translators: %s is a colleague */
                  : g_strdup_printf (_("%s took over"), who);
    case HANDOVER_CHANGE_KIND_RELEASED:
      return mine ? g_strdup (_("You released the conversation")) /* Translators: %s is a colleague */
                  : g_strdup_printf (_("%s released the conversation"), who);
    case HANDOVER_CHANGE_KIND_TRANSFERRED:
      return word_transfer (change, mine ? NULL : who, reader);
    case HANDOVER_CHANGE_KIND_RESUMED:
      return mine ? g_strdup (_("You handed back to the AI")) /* Translators: %s is a colleague */
                  : g_strdup_printf (_("%s handed back to the AI"), who);
    case HANDOVER_CHANGE_KIND_CLOSED:
      return word_closing (message, who, mine);
    case HANDOVER_CHANGE_KIND_REOPENED:
      return g_strdup (_("The conversation was opened again"));
    case HANDOVER_CHANGE_KIND_BLOCKED:
      return g_strdup (_("The customer blocked this account; replies do not arrive"));
    case HANDOVER_CHANGE_KIND_UNBLOCKED:
      return g_strdup (_("The customer lets replies arrive again"));
    case HANDOVER_CHANGE_KIND_UNKNOWN:
    default:
      return g_strdup (message->text != NULL ? message->text : "");
    }
}

/**
 * handover_message_wording_tool:
 * @tool: (nullable): what was called
 * @text: (nullable): what the agent said of it
 *
 * Says what an agent did: in its own words if they are one short line, else by the tool's name.
 *
 * Returns: (transfer full): the text
 */
char *
handover_message_wording_tool (HandoverTool *tool,
                               const char   *text)
{
  g_autofree char *name = NULL;

  if (text != NULL && *text != '\0' && strchr (text, '\n') == NULL && g_utf8_strlen (text, -1) <= 80)
    return g_strdup (text);

  if (tool == NULL || tool->name == NULL || *tool->name == '\0')
    return g_strdup (_("The AI used a tool"));

  name = g_strdelimit (g_strdup (tool->name), "_-.", ' ');

  return handover_wording_sentence (name);
}

/**
 * handover_message_wording_delivery:
 * @message: a message
 * @reader: who reads
 *
 * Says how far a reply has come.
 *
 * Returns: (transfer full) (nullable): the text, %NULL where there is nothing to say
 */
char *
handover_message_wording_delivery (HandoverMessage      *message,
                                   const HandoverReader *reader)
{
  HandoverDelivery *delivery = message->delivery;

  if (delivery == NULL)
    return NULL;

  switch ((HandoverDeliveryState) delivery->state)
    {
    case HANDOVER_DELIVERY_STATE_QUEUED:
      if (!handover_message_wording_is_unsent (message))
        return g_strdup (_("Sent"));
      return g_strdup (reader->online ? _("Sending…") : _("Waiting for connection"));
    case HANDOVER_DELIVERY_STATE_SENT:
      return g_strdup (_("Sent"));
    case HANDOVER_DELIVERY_STATE_DELIVERED:
      return g_strdup (_("Delivered"));
    case HANDOVER_DELIVERY_STATE_READ:
      /* Translators: the customer has read the message */
      return g_strdup (C_("delivery", "Read"));
    case HANDOVER_DELIVERY_STATE_FAILED:
      if (delivery->reason != NULL && *delivery->reason != '\0')
        /* Translators: %s is the reason */
        return g_strdup_printf (_("Not sent: %s"), delivery->reason);
      return g_strdup (_("Not sent"));
    case HANDOVER_DELIVERY_STATE_UNKNOWN:
    default:
      return NULL;
    }
}

/* What was said and what came with it, in one line. */
static char *
word_content (const char *text,
              GPtrArray  *attachments)
{
  g_autofree char *files = NULL;

  text = text != NULL ? text : "";
  if (attachments == NULL || attachments->len == 0)
    return g_strdup (text);

  files = handover_wording_attachments (attachments);
  return *text != '\0' ? g_strdup_printf ("%s · %s", files, text) : g_steal_pointer (&files);
}

/**
 * handover_message_wording_quoted_line:
 * @quote: a message that another one answers
 *
 * Says it in one line.
 *
 * Returns: (transfer full): the text
 */
char *
handover_message_wording_quoted_line (HandoverPreview *quote)
{
  return g_strdelimit (word_content (quote->text, quote->attachments), "\r\n", ' ');
}

/**
 * handover_message_wording_quoted:
 * @quote: a message that another one answers
 * @reader: who reads
 *
 * Says which message is answered, for a screen reader.
 *
 * Returns: (transfer full): the text
 */
char *
handover_message_wording_quoted (HandoverPreview      *quote,
                                 const HandoverReader *reader)
{
  g_autofree char *author = handover_message_wording_quoted_author (quote, reader);
  g_autofree char *line = handover_message_wording_quoted_line (quote);

  /* Translators: the message that another one answers: its author, and what it says */
  return g_strdup_printf (_("In reply to %s: %s"), author, line);
}

/* Whoever listens hears first what a message answers. */
static char *
word_answer (HandoverMessage      *message,
             const HandoverReader *reader)
{
  g_autofree char *text = word_content (message->text, message->attachments);
  g_autofree char *author = NULL;
  g_autofree char *line = NULL;

  if (message->reply_to == NULL)
    return g_steal_pointer (&text);

  author = handover_message_wording_quoted_author (message->reply_to, reader);
  line = handover_message_wording_quoted_line (message->reply_to);
  /* Translators: for a screen reader: who said what is answered, what they said, and the answer */
  return g_strdup_printf (_("in reply to %s, “%s”: %s"), author, line, text);
}

/**
 * handover_message_wording_spoken:
 * @message: a message
 * @reader: who reads
 *
 * Says a whole message for a screen reader.
 *
 * Returns: (transfer full): the text
 */
char *
handover_message_wording_spoken (HandoverMessage      *message,
                                 const HandoverReader *reader)
{
  g_autofree char *author = handover_message_wording_author (message, reader);
  g_autofree char *clock = handover_wording_clock (message->at);
  g_autofree char *text = word_answer (message, reader);
  g_autofree char *said = NULL;

  switch (handover_message_wording_voice (message))
    {
    case HANDOVER_VOICE_CHANGE:
      said = handover_message_wording_change (message, reader);
      return g_strdup_printf ("%s · %s", said, clock);
    case HANDOVER_VOICE_TOOL:
      said = handover_message_wording_tool (message->tool, message->text);
      return g_strdup_printf ("%s, %s: %s", author, clock, said);
    case HANDOVER_VOICE_NOTE:
      /* Translators: for a screen reader: who, when, what */
      return g_strdup_printf (_("Note by %s, %s: %s"), author, clock, text);
    case HANDOVER_VOICE_REFUSED:
      /* Translators: for a screen reader: when, what */
      return g_strdup_printf (_("Not sent: the AI tried to answer out of turn, %s: %s"), clock, text);
    case HANDOVER_VOICE_CUSTOMER:
    case HANDOVER_VOICE_AGENT:
    case HANDOVER_VOICE_OPERATOR:
    case HANDOVER_VOICE_AUTOMATIC:
    default:
      said = handover_message_wording_delivery (message, reader);
      return g_strdup_printf (said != NULL ? "%s, %s: %s · %s" : "%s, %s: %s%s", author, clock, text,
                              said != NULL ? said : "");
    }
}
