/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "config.h"

#include "app/conversation/handover-conversation-page-private.h"

#include <glib/gi18n.h>

#include "app/handover-wording.h"
#include "client/handover-signals.h"

/* Who else is here: what the page tells the team, and what it shows of them. */

#define VIEWING_SECONDS 5

static void
drop_names (char **names,
            char **dropped)
{
  guint kept = 0;

  for (guint i = 0; names[i] != NULL; i++)
    {
      if (g_strv_contains ((const char *const *) dropped, names[i]))
        g_free (names[i]);
      else
        names[kept++] = names[i];
    }
  names[kept] = NULL;
}

static char *
word_typing (char **names)
{
  guint count = g_strv_length (names);
  g_autofree char *first = count > 0 ? handover_wording_embed (names[0]) : NULL;

  if (count == 0)
    return NULL;
  if (count == 1)
    /* Translators: %s is a colleague */
    return g_strdup_printf (_("%s is typing…"), first);

  return g_strdup_printf (ngettext ("%u colleague is typing…", "%u colleagues are typing…", count), count);
}

static char *
word_viewing (char **names)
{
  guint count = g_strv_length (names);
  g_autofree char *first = count > 0 ? handover_wording_embed (names[0]) : NULL;
  g_autofree char *second = count > 1 ? handover_wording_embed (names[1]) : NULL;

  if (count == 0)
    return NULL;
  if (count == 1)
    /* Translators: %s is a colleague */
    return g_strdup_printf (_("%s is viewing"), first);
  if (count == 2)
    /* Translators: two colleagues */
    return g_strdup_printf (_("%s and %s are viewing"), first, second);

  return g_strdup_printf (ngettext ("%u colleague is viewing", "%u colleagues are viewing", count), count);
}

static char *
word_company (HandoverSignals *signals,
              const char      *conversation_id)
{
  g_auto (GStrv) typing = handover_signals_list (signals, conversation_id, HANDOVER_SIGNAL_KIND_TYPING);
  g_auto (GStrv) viewing = handover_signals_list (signals, conversation_id, HANDOVER_SIGNAL_KIND_VIEWING);
  g_autofree char *first = word_typing (typing);
  g_autofree char *second = NULL;

  drop_names (viewing, typing);
  second = word_viewing (viewing);
  if (first != NULL && second != NULL)
    return g_strdup_printf ("%s · %s", first, second);

  return first != NULL ? g_steal_pointer (&first) : g_steal_pointer (&second);
}

/**
 * handover_conversation_page_update_company:
 * @self: a page
 *
 * Shows who else looks at the conversation, or writes in it. Its line is folded away while nobody does.
 */
void
handover_conversation_page_update_company (HandoverConversationPage *self)
{
  HandoverSignals *signals = self->account != NULL ? handover_account_get_signals (self->account) : NULL;
  g_autofree char *text = NULL;

  if (signals != NULL && self->conversation != NULL)
    text = word_company (signals, self->conversation->id);
  if (text != NULL)
    gtk_label_set_text (self->company, text);
  gtk_revealer_set_reveal_child (self->company_revealer, text != NULL);
}

/**
 * handover_conversation_page_is_looked_at:
 * @self: a page
 *
 * Says whether somebody can be looking at the page.
 *
 * Returns: %TRUE if it is shown in the active window
 */
gboolean
handover_conversation_page_is_looked_at (HandoverConversationPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  return gtk_widget_get_mapped (GTK_WIDGET (self)) && GTK_IS_WINDOW (root) && gtk_window_is_active (GTK_WINDOW (root));
}

static void
tell (HandoverConversationPage *self,
      HandoverSignalKind        kind)
{
  if (self->account != NULL && self->conversation != NULL)
    handover_signals_send (handover_account_get_signals (self->account), self->conversation->id, kind);
}

/**
 * handover_conversation_page_tell_typing:
 * @self: a page
 *
 * Tells the team that an answer is being written, and so the customer where their platform can show it.
 */
void
handover_conversation_page_tell_typing (HandoverConversationPage *self)
{
  tell (self, HANDOVER_SIGNAL_KIND_TYPING);
}

static gboolean
still_viewing_cb (gpointer user_data)
{
  HandoverConversationPage *self = HANDOVER_CONVERSATION_PAGE (user_data);

  if (handover_conversation_page_is_looked_at (self))
    {
      tell (self, HANDOVER_SIGNAL_KIND_VIEWING);
      return G_SOURCE_CONTINUE;
    }

  self->viewing_source = 0;
  return G_SOURCE_REMOVE;
}

/**
 * handover_conversation_page_tell_viewing:
 * @self: a page
 *
 * Tells the team that the conversation is being looked at, for as long as it is.
 */
void
handover_conversation_page_tell_viewing (HandoverConversationPage *self)
{
  if (!handover_conversation_page_is_looked_at (self))
    return;

  tell (self, HANDOVER_SIGNAL_KIND_VIEWING);
  if (self->viewing_source == 0)
    self->viewing_source = g_timeout_add_seconds (VIEWING_SECONDS, still_viewing_cb, self);
}
