/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "config.h"

#include "app/conversation/handover-conversation-page-private.h"

#include <glib/gi18n.h>

#include "app/handover-wording.h"

/* The guard against replies to a conversation that has gone on: what is new is shown before anything is sent. */

static char *
dup_speaker (HandoverConversationPage *self,
             HandoverMessage          *message)
{
  if (message->author == HANDOVER_AUTHOR_CUSTOMER)
    return handover_wording_customer (self->conversation->customer);
  if (message->author == HANDOVER_AUTHOR_OPERATOR)
    return g_strdup (message->operator != NULL ? message->operator->name : _("A colleague"));

  /* Translators: who said something in a conversation */
  return g_strdup (_("The AI"));
}

/**
 * handover_conversation_page_update_looking:
 * @self: a page
 *
 * Tells the guard whether the operator can see what arrives.
 */
void
handover_conversation_page_update_looking (HandoverConversationPage *self)
{
  if (self->guard != NULL)
    handover_stale_guard_set_looking (self->guard, handover_conversation_page_is_looked_at (self) &&
                                      handover_transcript_view_get_at_end (self->transcript_view));
}

/**
 * handover_conversation_page_hold_reply:
 * @self: a page whose composer is about to send a reply
 *
 * Holds the reply back if somebody said something that the operator cannot have seen, and shows what.
 *
 * Returns: whether it is held back
 */
gboolean
handover_conversation_page_hold_reply (HandoverConversationPage *self)
{
  guint count = handover_stale_guard_get_count (self->guard);
  HandoverMessage *newest = handover_stale_guard_get_newest (self->guard);
  g_autofree char *name = NULL;
  g_autofree char *speaker = NULL;
  g_autofree char *title = NULL;

  if (newest == NULL || self->conversation == NULL)
    return FALSE;

  name = dup_speaker (self, newest);
  speaker = handover_wording_embed (name);
  if (count == 1)
    /* Translators: %s is the customer or a colleague */
    title = g_strdup_printf (_("Not sent yet: %s wrote meanwhile"), speaker);
  else
    /* Translators: a count of messages, then who wrote the newest */
    title = g_strdup_printf (ngettext ("Not sent yet: %u new message, the newest from %s",
                                       "Not sent yet: %u new messages, the newest from %s", count),
                             count, speaker);
  handover_held_reply_show (self->held_reply, title, newest->text);

  return TRUE;
}
