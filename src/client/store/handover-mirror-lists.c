/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#define G_LOG_DOMAIN "handover-mirror-lists"

#include "client/store/handover-mirror.h"

#include "client/store/handover-mirror-private.h"
#include "client/store/handover-mirror-store.h"

/* How many conversations stay at hand after nobody shows them any more. */
#define RECENT 192

/* --- Conversations --- */

static void
conversation_gone_cb (gpointer  user_data,
                      GObject  *object)
{
  GHashTable *conversations = user_data;
  GHashTableIter iter;
  gpointer live;

  g_hash_table_iter_init (&iter, conversations);
  while (g_hash_table_iter_next (&iter, NULL, &live))
    {
      if (live == object)
        {
          g_hash_table_iter_remove (&iter);
          return;
        }
    }
}

/* Lets go of all live objects; those who hold one keep it as it is. */
void
handover_mirror_forget_conversations (HandoverMirror *self)
{
  GHashTableIter iter;
  gpointer live;

  g_queue_clear_full (&self->recent, g_object_unref);
  g_hash_table_iter_init (&iter, self->conversations);
  while (g_hash_table_iter_next (&iter, NULL, &live))
    {
      g_object_weak_unref (live, conversation_gone_cb, self->conversations);
      g_hash_table_iter_remove (&iter);
    }
}

static void
remember (HandoverMirror       *self,
          HandoverConversation *conversation)
{
  g_hash_table_insert (self->conversations, g_strdup (conversation->id), conversation);
  g_object_weak_ref (G_OBJECT (conversation), conversation_gone_cb, self->conversations);

  g_queue_push_tail (&self->recent, g_object_ref (conversation));
  if (self->recent.length > RECENT)
    g_object_unref (g_queue_pop_head (&self->recent));
}

static HandoverConversation *
read_conversation (HandoverMirror *self,
                   const char     *id)
{
  HandoverConversation *live = g_hash_table_lookup (self->conversations, id);
  g_autoptr (GError) error = NULL;
  HandoverRecord *record;

  if (live != NULL)
    return g_object_ref (live);
  if (self->reader == NULL)
    return NULL;

  record = handover_mirror_store_read_conversation (self->reader, id, &error);
  if (error != NULL)
    g_warning ("Could not read a conversation: %s", error->message);
  if (record == NULL)
    return NULL;

  remember (self, HANDOVER_CONVERSATION (record));
  return HANDOVER_CONVERSATION (record);
}

/* A row that was erased an instant ago is still in its list until the list is told. */
static HandoverConversation *
make_erased (const char *id)
{
  HandoverConversation *conversation = g_object_new (HANDOVER_TYPE_CONVERSATION, NULL);
  g_autoptr (JsonObject) metadata = json_object_new ();

  conversation->id = g_strdup (id);
  conversation->customer = g_object_new (HANDOVER_TYPE_CUSTOMER, NULL);
  conversation->channel = g_object_new (HANDOVER_TYPE_CHANNEL_REFERENCE, NULL);
  conversation->control = HANDOVER_CONTROL_CLOSED;
  conversation->metadata = json_node_init_object (json_node_alloc (), metadata);
  return conversation;
}

/* A HandoverConversationLoader. */
HandoverConversation *
handover_mirror_load_conversation (const char *const *ids,
                                   guint              n_ids,
                                   gpointer           user_data)
{
  HandoverMirror *self = user_data;
  gboolean live = g_hash_table_contains (self->conversations, ids[0]);
  HandoverConversation *wanted = read_conversation (self, ids[0]);

  if (wanted == NULL)
    return make_erased (ids[0]);

  for (guint i = 1; i < n_ids && !live; i++)
    {
      g_autoptr (HandoverConversation) neighbour = read_conversation (self, ids[i]);
    }
  return wanted;
}

/**
 * handover_mirror_get_conversation:
 * @self: a mirror
 * @conversation_id: an id
 *
 * Gives the one live object of a conversation, which follows its changes.
 *
 * Returns: (transfer full) (nullable): the conversation, %NULL if it is not in the mirror
 */
HandoverConversation *
handover_mirror_get_conversation (HandoverMirror *self,
                                  const char     *conversation_id)
{
  g_return_val_if_fail (HANDOVER_IS_MIRROR (self), NULL);
  g_return_val_if_fail (conversation_id != NULL, NULL);

  return read_conversation (self, conversation_id);
}

/**
 * handover_mirror_get_conversations:
 * @self: a mirror
 * @view: a view
 *
 * Gives the list of a view. It fills by itself and stays in order; changes are told in the smallest steps, and a
 * conversation is the same object wherever it is met.
 *
 * Returns: (transfer none): a list of [class@Conversation]
 */
GListModel *
handover_mirror_get_conversations (HandoverMirror *self,
                                   HandoverView    view)
{
  g_return_val_if_fail (HANDOVER_IS_MIRROR (self), NULL);
  g_return_val_if_fail (view < HANDOVER_N_VIEWS, NULL);

  if (self->views[view] == NULL)
    {
      self->views[view] = handover_conversation_model_new (view, self->operator_id, handover_mirror_load_conversation,
                                                           handover_mirror_want_more, self);
      handover_mirror_load_view (self, view);
    }

  return G_LIST_MODEL (self->views[view]);
}

/* --- The other lists --- */

static gpointer
get_live (GHashTable *table,
          const char *id)
{
  GWeakRef *reference = g_hash_table_lookup (table, id);

  return reference != NULL ? g_weak_ref_get (reference) : NULL;
}

static void
set_live (GHashTable *table,
          const char *id,
          gpointer    object)
{
  GWeakRef *reference = g_new0 (GWeakRef, 1);

  g_weak_ref_init (reference, object);
  g_hash_table_insert (table, g_strdup (id), reference);
}

/**
 * handover_mirror_get_transcript:
 * @self: a mirror
 * @conversation_id: a conversation
 *
 * Gives the transcript of a conversation, which loads its newest messages by itself and follows what happens for as
 * long as somebody holds it.
 *
 * Returns: (transfer full): the transcript
 */
HandoverTranscript *
handover_mirror_get_transcript (HandoverMirror *self,
                                const char     *conversation_id)
{
  HandoverTranscript *transcript;

  g_return_val_if_fail (HANDOVER_IS_MIRROR (self), NULL);
  g_return_val_if_fail (conversation_id != NULL, NULL);

  transcript = get_live (self->transcripts, conversation_id);
  if (transcript == NULL)
    {
      transcript = handover_transcript_new (self, conversation_id);
      set_live (self->transcripts, conversation_id, transcript);
    }

  return transcript;
}

/**
 * handover_mirror_get_escalations:
 * @self: a mirror
 * @conversation_id: a conversation
 *
 * Gives the escalations of a conversation, open and past, newest first. They are loaded by themselves.
 *
 * Returns: (transfer full): a list of [class@Escalation]
 */
GListModel *
handover_mirror_get_escalations (HandoverMirror *self,
                                 const char     *conversation_id)
{
  HandoverRecordModel *escalations;

  g_return_val_if_fail (HANDOVER_IS_MIRROR (self), NULL);
  g_return_val_if_fail (conversation_id != NULL, NULL);

  escalations = get_live (self->escalations, conversation_id);
  if (escalations == NULL)
    {
      escalations = handover_mirror_new_escalations (self, conversation_id);
      set_live (self->escalations, conversation_id, escalations);
    }

  return G_LIST_MODEL (escalations);
}

/* The entries of the outbox for one conversation, as messages, which its transcript shows at its end. */
GListStore *
handover_mirror_get_unsent (HandoverMirror *self,
                            const char     *conversation_id)
{
  GListStore *unsent = g_hash_table_lookup (self->unsent, conversation_id);

  if (unsent == NULL)
    {
      unsent = g_list_store_new (HANDOVER_TYPE_MESSAGE);
      g_hash_table_insert (self->unsent, g_strdup (conversation_id), unsent);
    }

  return unsent;
}

/**
 * handover_mirror_get_operators:
 * @self: a mirror
 *
 * Returns: (transfer none): the business's operators by name, a list of [class@Operator]
 */
GListModel *
handover_mirror_get_operators (HandoverMirror *self)
{
  g_return_val_if_fail (HANDOVER_IS_MIRROR (self), NULL);

  return G_LIST_MODEL (self->operators);
}

/**
 * handover_mirror_get_agents:
 * @self: a mirror
 *
 * Returns: (transfer none): the business's agents by name, a list of [class@Agent]
 */
GListModel *
handover_mirror_get_agents (HandoverMirror *self)
{
  g_return_val_if_fail (HANDOVER_IS_MIRROR (self), NULL);

  return G_LIST_MODEL (self->agents);
}

/**
 * handover_mirror_get_channels:
 * @self: a mirror
 *
 * Returns: (transfer none): the business's connected accounts, and those once connected, by name, a list of
 *   [class@ChannelAccount]
 */
GListModel *
handover_mirror_get_channels (HandoverMirror *self)
{
  g_return_val_if_fail (HANDOVER_IS_MIRROR (self), NULL);

  return G_LIST_MODEL (self->channels);
}

/**
 * handover_mirror_get_templates:
 * @self: a mirror
 *
 * Returns: (transfer none): the templates that this operator may use, by name, a list of [class@Template]
 */
GListModel *
handover_mirror_get_templates (HandoverMirror *self)
{
  g_return_val_if_fail (HANDOVER_IS_MIRROR (self), NULL);

  return G_LIST_MODEL (self->templates);
}

/**
 * handover_mirror_get_business:
 * @self: a mirror
 *
 * Returns: (transfer none) (nullable): the business; %NULL as long as nothing has been loaded
 */
HandoverBusiness *
handover_mirror_get_business (HandoverMirror *self)
{
  g_return_val_if_fail (HANDOVER_IS_MIRROR (self), NULL);

  return self->business;
}

/**
 * handover_mirror_get_operator_id:
 * @self: a mirror
 *
 * Returns: (transfer none): whose mirror it is
 */
const char *
handover_mirror_get_operator_id (HandoverMirror *self)
{
  g_return_val_if_fail (HANDOVER_IS_MIRROR (self), NULL);

  return self->operator_id;
}

/**
 * handover_mirror_get_cursor:
 * @self: a mirror
 *
 * Returns: the number up to which the service's log is stored, which the stream goes on after; 0 if there is nothing
 *   yet, and a snapshot is wanted
 */
gint64
handover_mirror_get_cursor (HandoverMirror *self)
{
  g_return_val_if_fail (HANDOVER_IS_MIRROR (self), 0);

  return self->cursor;
}

/**
 * handover_mirror_get_log:
 * @self: a mirror
 *
 * Returns: (transfer none) (nullable): the id of the log that [method@Mirror.get_cursor] is a number of, if the service
 *   has said so
 */
const char *
handover_mirror_get_log (HandoverMirror *self)
{
  g_return_val_if_fail (HANDOVER_IS_MIRROR (self), NULL);

  return self->log;
}

/**
 * handover_mirror_get_waiting_count:
 * @self: a mirror
 *
 * Returns: how many conversations wait for a person
 */
guint
handover_mirror_get_waiting_count (HandoverMirror *self)
{
  return g_list_model_get_n_items (handover_mirror_get_conversations (self, HANDOVER_VIEW_WAITING));
}

/**
 * handover_mirror_get_mine_count:
 * @self: a mirror
 *
 * Returns: how many conversations this operator holds
 */
guint
handover_mirror_get_mine_count (HandoverMirror *self)
{
  return g_list_model_get_n_items (handover_mirror_get_conversations (self, HANDOVER_VIEW_MINE));
}

/**
 * handover_mirror_get_last_escalation:
 * @self: a mirror
 *
 * Returns: when the last escalation was opened, 0 if none is known
 */
gint64
handover_mirror_get_last_escalation (HandoverMirror *self)
{
  g_return_val_if_fail (HANDOVER_IS_MIRROR (self), 0);

  return self->last_escalation;
}

/**
 * handover_mirror_set_gateway:
 * @self: a mirror
 * @gateway: (nullable): the way to the service
 *
 * Says how to ask for what the mirror does not hold: older messages, past escalations.
 */
void
handover_mirror_set_gateway (HandoverMirror  *self,
                             HandoverGateway *gateway)
{
  g_return_if_fail (HANDOVER_IS_MIRROR (self));

  g_set_object (&self->gateway, gateway);
}

/**
 * handover_mirror_set_online:
 * @self: a mirror
 * @online: whether the service can be reached
 *
 * When the service can be reached again, transcripts that could not load try once more.
 */
void
handover_mirror_set_online (HandoverMirror *self,
                            gboolean        online)
{
  GHashTableIter iter;
  gpointer reference;

  g_return_if_fail (HANDOVER_IS_MIRROR (self));

  if (self->online == online)
    return;

  self->online = online;
  g_hash_table_iter_init (&iter, self->transcripts);
  while (online && g_hash_table_iter_next (&iter, NULL, &reference))
    {
      g_autoptr (HandoverTranscript) transcript = g_weak_ref_get (reference);

      if (transcript != NULL)
        handover_transcript_retry (transcript);
    }
}
