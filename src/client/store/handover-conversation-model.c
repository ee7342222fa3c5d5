/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "client/store/handover-conversation-model.h"

#include <string.h>

#include "client/store/handover-mirror-store.h"

#define PAGE 64
#define PAGE_BEFORE 16

/* A row that moves no further than this is told as one small change, so that a selected row stays selected;
 * further, telling all that lies between would make the view read it. */
#define SHORT_MOVE 64

/* The ids of one view in order, for any number of conversations; the objects come and go as they are looked at. */
struct _HandoverConversationModel
{
  GObject parent_instance;

  HandoverView view;
  char *operator_id;
  HandoverConversationLoader loader;
  HandoverConversationEnd end;
  gpointer loader_data;

  GSequence *rows;
  GHashTable *iters;
  /* What changed while the rows were being read; NULL once they are there. */
  GPtrArray *pending;
  GHashTable *erased;
};

static GType
get_item_type (GListModel *model)
{
  return HANDOVER_TYPE_CONVERSATION;
}

static guint
get_n_items (GListModel *model)
{
  return g_sequence_get_length (HANDOVER_CONVERSATION_MODEL (model)->rows);
}

static const char *
get_id (GSequenceIter *iter)
{
  return ((HandoverViewRow *) g_sequence_get (iter))->id;
}

static gpointer
get_item (GListModel *model,
          guint       position)
{
  HandoverConversationModel *self = HANDOVER_CONVERSATION_MODEL (model);
  const char *ids[PAGE];
  guint n_ids = 0;
  GSequenceIter *wanted, *iter;

  if (position >= get_n_items (model))
    return NULL;
  if (position + PAGE_BEFORE >= get_n_items (model))
    self->end (self->view, self->loader_data);

  wanted = g_sequence_get_iter_at_pos (self->rows, position);
  ids[n_ids++] = get_id (wanted);
  iter = g_sequence_iter_move (wanted, -(int) MIN (position, PAGE_BEFORE));
  for (; n_ids < PAGE && !g_sequence_iter_is_end (iter); iter = g_sequence_iter_next (iter))
    {
      if (iter != wanted)
        ids[n_ids++] = get_id (iter);
    }

  return self->loader (ids, n_ids, self->loader_data);
}

static void
list_model_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (HandoverConversationModel, handover_conversation_model, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_iface_init))

static void
row_free (gpointer data)
{
  HandoverViewRow *row = data;

  g_free (row->id);
  g_free (row);
}

static void
handover_conversation_model_finalize (GObject *object)
{
  HandoverConversationModel *self = HANDOVER_CONVERSATION_MODEL (object);

  g_hash_table_unref (self->iters);
  g_hash_table_unref (self->erased);
  g_sequence_free (self->rows);
  g_clear_pointer (&self->pending, g_ptr_array_unref);
  g_free (self->operator_id);

  G_OBJECT_CLASS (handover_conversation_model_parent_class)->finalize (object);
}

static void
handover_conversation_model_class_init (HandoverConversationModelClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = handover_conversation_model_finalize;
}

static void
handover_conversation_model_init (HandoverConversationModel *self)
{
  self->rows = g_sequence_new (row_free);
  self->iters = g_hash_table_new (g_str_hash, g_str_equal);
  self->pending = g_ptr_array_new_with_free_func (g_object_unref);
  self->erased = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

/**
 * handover_conversation_model_new:
 * @view: which view it shows
 * @operator_id: whose *mine* it is
 * @loader: gives the objects
 * @end: told when somebody looks at the end
 * @user_data: for both; outlives the model
 *
 * Returns: (transfer full): an empty model, waiting to be loaded
 */
HandoverConversationModel *
handover_conversation_model_new (HandoverView                view,
                                 const char                 *operator_id,
                                 HandoverConversationLoader  loader,
                                 HandoverConversationEnd     end,
                                 gpointer                    user_data)
{
  HandoverConversationModel *self = g_object_new (HANDOVER_TYPE_CONVERSATION_MODEL, NULL);

  self->view = view;
  self->operator_id = g_strdup (operator_id);
  self->loader = loader;
  self->end = end;
  self->loader_data = user_data;
  return self;
}

static gboolean
belongs (HandoverConversationModel *self,
         HandoverConversation      *conversation)
{
  gboolean held_here = conversation->holder != NULL
                    && g_strcmp0 (conversation->holder->id, self->operator_id) == 0;

  switch (self->view)
    {
    case HANDOVER_VIEW_WAITING:
      return conversation->control == HANDOVER_CONTROL_WAITING;

    case HANDOVER_VIEW_MINE:
      return conversation->control == HANDOVER_CONTROL_OPERATOR && held_here;

    case HANDOVER_VIEW_TEAM:
      return conversation->control == HANDOVER_CONTROL_OPERATOR && !held_here;

    case HANDOVER_VIEW_AGENT:
      return conversation->control == HANDOVER_CONTROL_AGENT;

    case HANDOVER_VIEW_CLOSED:
      return conversation->control == HANDOVER_CONTROL_CLOSED;

    case HANDOVER_VIEW_ALL:
    case HANDOVER_N_VIEWS:
    default:
      return TRUE;
    }
}

static int
compare_rows (gconstpointer a,
              gconstpointer b,
              gpointer      user_data)
{
  HandoverConversationModel *self = user_data;
  const HandoverViewRow *one = a;
  const HandoverViewRow *other = b;
  int order;

  if (one->key != other->key)
    order = one->key < other->key ? -1 : 1;
  else
    order = strcmp (one->id, other->id);

  return self->view == HANDOVER_VIEW_WAITING ? order : -order;
}

static gint64
get_key (HandoverConversationModel *self,
         HandoverConversation      *conversation)
{
  return self->view == HANDOVER_VIEW_WAITING ? conversation->waiting_since : conversation->updated_at;
}

static void
insert (HandoverConversationModel *self,
        HandoverConversation      *conversation)
{
  HandoverViewRow *row = g_new0 (HandoverViewRow, 1);
  GSequenceIter *iter;

  row->id = g_strdup (conversation->id);
  row->key = get_key (self, conversation);
  iter = g_sequence_insert_sorted (self->rows, row, compare_rows, self);
  g_hash_table_insert (self->iters, row->id, iter);
  g_list_model_items_changed (G_LIST_MODEL (self), g_sequence_iter_get_position (iter), 0, 1);
}

static void
take_out (HandoverConversationModel *self,
          GSequenceIter             *iter)
{
  guint position = g_sequence_iter_get_position (iter);

  g_hash_table_remove (self->iters, get_id (iter));
  g_sequence_remove (iter);
  g_list_model_items_changed (G_LIST_MODEL (self), position, 1, 0);
}

static void
move (HandoverConversationModel *self,
      GSequenceIter             *iter,
      HandoverConversation      *conversation)
{
  HandoverViewRow *row = g_sequence_get (iter);
  guint before = g_sequence_iter_get_position (iter);
  guint after, first, count;

  if (row->key == get_key (self, conversation))
    return;

  row->key = get_key (self, conversation);
  g_sequence_sort_changed (iter, compare_rows, self);
  after = g_sequence_iter_get_position (iter);
  if (before == after)
    return;

  first = MIN (before, after);
  count = MAX (before, after) - first + 1;
  if (count <= SHORT_MOVE)
    {
      g_list_model_items_changed (G_LIST_MODEL (self), first, count, count);
      return;
    }

  /* Two changes, and the list is right at each. */
  g_object_ref (self);
  g_hash_table_remove (self->iters, row->id);
  g_sequence_remove (iter);
  g_list_model_items_changed (G_LIST_MODEL (self), before, 1, 0);
  insert (self, conversation);
  g_object_unref (self);
}

/**
 * handover_conversation_model_put:
 * @self: a model
 * @conversation: a conversation as it is now
 *
 * Moves the conversation in, out or to its place, as its new state wants.
 */
void
handover_conversation_model_put (HandoverConversationModel *self,
                                 HandoverConversation      *conversation)
{
  GSequenceIter *iter;
  gboolean wanted;

  g_return_if_fail (HANDOVER_IS_CONVERSATION_MODEL (self));

  if (self->pending != NULL)
    {
      g_ptr_array_add (self->pending, g_object_ref (conversation));
      return;
    }

  iter = g_hash_table_lookup (self->iters, conversation->id);
  wanted = belongs (self, conversation);
  if (iter == NULL && wanted)
    insert (self, conversation);
  else if (iter != NULL && !wanted)
    take_out (self, iter);
  else if (iter != NULL)
    move (self, iter, conversation);
}

/**
 * handover_conversation_model_remove:
 * @self: a model
 * @id: a conversation's id
 *
 * Removes the conversation, if it is there.
 */
void
handover_conversation_model_remove (HandoverConversationModel *self,
                                    const char                *id)
{
  GSequenceIter *iter;

  g_return_if_fail (HANDOVER_IS_CONVERSATION_MODEL (self));

  if (self->pending != NULL)
    g_hash_table_add (self->erased, g_strdup (id));
  iter = g_hash_table_lookup (self->iters, id);
  if (iter != NULL)
    take_out (self, iter);
}

/**
 * handover_conversation_model_load:
 * @self: a model that waits to be loaded
 * @rows: (element-type HandoverViewRow): the view's rows in order, whose ids it takes
 *
 * Fills the model, then adds what came in between.
 */
void
handover_conversation_model_load (HandoverConversationModel *self,
                                  GArray                    *rows)
{
  g_autoptr (GPtrArray) pending = g_steal_pointer (&self->pending);
  guint n_items;

  g_return_if_fail (HANDOVER_IS_CONVERSATION_MODEL (self));
  g_return_if_fail (pending != NULL);

  for (guint i = 0; i < rows->len; i++)
    {
      HandoverViewRow *read = &g_array_index (rows, HandoverViewRow, i);
      HandoverViewRow *row;

      if (g_hash_table_contains (self->erased, read->id))
        continue;
      row = g_new0 (HandoverViewRow, 1);
      row->id = g_steal_pointer (&read->id);
      row->key = read->key;
      g_hash_table_insert (self->iters, row->id, g_sequence_append (self->rows, row));
    }

  n_items = get_n_items (G_LIST_MODEL (self));
  if (n_items > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), 0, 0, n_items);
  for (guint i = 0; i < pending->len; i++)
    {
      HandoverConversation *conversation = g_ptr_array_index (pending, i);

      if (!g_hash_table_contains (self->erased, conversation->id))
        handover_conversation_model_put (self, conversation);
    }
  g_hash_table_remove_all (self->erased);
}

/**
 * handover_conversation_model_unload:
 * @self: a model
 *
 * Empties the model: it waits to be loaded again.
 */
void
handover_conversation_model_unload (HandoverConversationModel *self)
{
  guint n_items;

  g_return_if_fail (HANDOVER_IS_CONVERSATION_MODEL (self));

  n_items = get_n_items (G_LIST_MODEL (self));
  if (self->pending == NULL)
    self->pending = g_ptr_array_new_with_free_func (g_object_unref);
  g_hash_table_remove_all (self->iters);
  g_sequence_remove_range (g_sequence_get_begin_iter (self->rows), g_sequence_get_end_iter (self->rows));
  if (n_items > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), 0, n_items, 0);
}
