/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "config.h"

#include "client/store/handover-outbox-reason.h"

#include <glib/gi18n-lib.h>

#include "core/handover-enums.h"

static char *
format_time (gint64 milliseconds)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (milliseconds / 1000);
  g_autoptr (GDateTime) local = utc != NULL ? g_date_time_to_local (utc) : NULL;

  /* Translators: a time of day, as by strftime() */
  return local != NULL ? g_date_time_format (local, _("%H:%M")) : g_strdup ("");
}

static char *
reason_taken_over (HandoverConversation *conversation)
{
  gint64 since = conversation->updated_at;
  g_autofree char *time = NULL;

  if (conversation->escalation != NULL && conversation->escalation->claimed_at > 0)
    since = conversation->escalation->claimed_at;
  time = format_time (since);

  /* Translators: a colleague's name, then a time of day */
  return g_strdup_printf (_("Not sent: %s took over at %s. Your text is back in the draft."),
                          conversation->holder->name, time);
}

/**
 * handover_outbox_reason_stale:
 * @conversation: (nullable): the conversation as it is now
 * @operator_id: whose reply it is
 *
 * Says why a reply no longer fits its conversation.
 *
 * Returns: (transfer full): a text for people to read
 */
char *
handover_outbox_reason_stale (HandoverConversation *conversation,
                              const char           *operator_id)
{
  int control = conversation != NULL ? conversation->control : HANDOVER_CONTROL_UNKNOWN;

  if (control == HANDOVER_CONTROL_OPERATOR && conversation->holder != NULL
      && g_strcmp0 (conversation->holder->id, operator_id) != 0)
    return reason_taken_over (conversation);

  switch (control)
    {
    case HANDOVER_CONTROL_AGENT:
      return g_strdup (_("Not sent: the AI has the conversation again. Your text is back in the draft."));

    case HANDOVER_CONTROL_WAITING:
      return g_strdup (_("Not sent: you no longer hold the conversation. Your text is back in the draft."));

    case HANDOVER_CONTROL_CLOSED:
      return g_strdup (_("Not sent: the conversation was closed. Your text is back in the draft."));

    case HANDOVER_CONTROL_OPERATOR:
    default:
      return g_strdup (_("Not sent: the conversation changed hands meanwhile. Your text is back in the draft."));
    }
}

/**
 * handover_outbox_reason_expired:
 *
 * Returns: (transfer full): why a reply that waited too long was not sent
 */
char *
handover_outbox_reason_expired (void)
{
  return g_strdup (_("Not sent: the service could not be reached for 15 minutes. Your text is back in the draft."));
}

/**
 * handover_outbox_reason_refused:
 * @detail: what the service answered
 * @kind: where the text is now
 *
 * Returns: (transfer full): why the service did not take a text
 */
char *
handover_outbox_reason_refused (const char        *detail,
                                HandoverDraftKind  kind)
{
  if (kind == HANDOVER_DRAFT_NOTE)
    {
      /* Translators: what the service answered, a sentence */
      return g_strdup_printf (_("Note not added: %s Your text is back in the note."), detail);
    }

  /* Translators: what the service answered, a sentence */
  return g_strdup_printf (_("Not sent: %s Your text is back in the draft."), detail);
}
