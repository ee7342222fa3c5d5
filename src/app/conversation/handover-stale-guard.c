/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "app/conversation/handover-stale-guard.h"

#include "client/store/handover-transcript.h"

/* Nobody reads faster than this while writing something else. */
#define GLANCE_MILLISECONDS 2000

/**
 * HandoverStaleGuard:
 *
 * Knows what others have said in a transcript that the operator cannot have seen yet: what arrived while the newest
 * message was out of sight, or too short a moment ago.
 */
struct _HandoverStaleGuard
{
  GObject parent_instance;

  GListModel *model;
  gulong items_changed_id;
  char *operator_id;
  GHashTable *known; /* ids of messages that are no news */
  GPtrArray *news;   /* HandoverMessage */
  guint glance;
  guint glance_source;
  gboolean looking;
};

G_DEFINE_FINAL_TYPE (HandoverStaleGuard, handover_stale_guard, G_TYPE_OBJECT)

static gboolean
glanced_cb (gpointer user_data)
{
  HandoverStaleGuard *self = user_data;

  self->glance_source = 0;
  g_ptr_array_set_size (self->news, 0);

  return G_SOURCE_REMOVE;
}

/* Each arrival gives all that is in sight the same time again: better asked once too often than once too little. */
static void
begin_glance (HandoverStaleGuard *self)
{
  g_clear_handle_id (&self->glance_source, g_source_remove);
  if (self->looking && self->news->len > 0)
    self->glance_source = g_timeout_add (self->glance, glanced_cb, self);
}

/* Something that a person would take into account, from somebody else. */
static gboolean
is_said_by_other (HandoverStaleGuard *self,
                  HandoverMessage    *message)
{
  if (message->kind != HANDOVER_MESSAGE_KIND_MESSAGE && message->kind != HANDOVER_MESSAGE_KIND_NOTE)
    return FALSE;

  return message->author != HANDOVER_AUTHOR_OPERATOR ||
         (message->operator != NULL && g_strcmp0 (message->operator->id, self->operator_id) != 0);
}

static void
items_changed_cb (HandoverStaleGuard *self,
                  guint               position,
                  guint               removed,
                  guint               added)
{
  for (guint i = position; i < position + added; i++)
    {
      g_autoptr (HandoverMessage) message = g_list_model_get_item (self->model, i);

      /* What is put before everything else is older; what was here before has only changed. */
      if (g_hash_table_add (self->known, g_strdup (message->id)) && position > 0 &&
          !handover_transcript_is_unsent (message) && is_said_by_other (self, message))
        g_ptr_array_add (self->news, g_object_ref (message));
    }

  begin_glance (self);
}

static void
handover_stale_guard_dispose (GObject *object)
{
  HandoverStaleGuard *self = HANDOVER_STALE_GUARD (object);

  handover_stale_guard_set_model (self, NULL, NULL);

  G_OBJECT_CLASS (handover_stale_guard_parent_class)->dispose (object);
}

static void
handover_stale_guard_finalize (GObject *object)
{
  HandoverStaleGuard *self = HANDOVER_STALE_GUARD (object);

  g_ptr_array_unref (self->news);
  g_hash_table_unref (self->known);
  g_free (self->operator_id);

  G_OBJECT_CLASS (handover_stale_guard_parent_class)->finalize (object);
}

static void
handover_stale_guard_class_init (HandoverStaleGuardClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = handover_stale_guard_dispose;
  object_class->finalize = handover_stale_guard_finalize;
}

static void
handover_stale_guard_init (HandoverStaleGuard *self)
{
  self->glance = GLANCE_MILLISECONDS;
  self->known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->news = g_ptr_array_new_with_free_func (g_object_unref);
}

/**
 * handover_stale_guard_new:
 *
 * Makes a guard that watches nothing yet.
 *
 * Returns: (transfer full): the guard
 */
HandoverStaleGuard *
handover_stale_guard_new (void)
{
  return g_object_new (HANDOVER_TYPE_STALE_GUARD, NULL);
}

/* For tests: how long a message has to be in sight, in milliseconds. */
void
handover_stale_guard_set_glance (HandoverStaleGuard *self,
                                 guint               glance)
{
  self->glance = glance;
}

/**
 * handover_stale_guard_set_model:
 * @self: a guard
 * @model: (nullable): a list of #HandoverMessage, oldest first, which is opened at its end
 * @operator_id: (nullable): who reads and writes
 *
 * Watches a transcript. What it holds already is no news.
 */
void
handover_stale_guard_set_model (HandoverStaleGuard *self,
                                GListModel         *model,
                                const char         *operator_id)
{
  g_return_if_fail (HANDOVER_IS_STALE_GUARD (self));

  if (self->model != NULL)
    g_clear_signal_handler (&self->items_changed_id, self->model);
  g_hash_table_remove_all (self->known);
  handover_stale_guard_see_all (self);
  g_set_str (&self->operator_id, operator_id);
  g_set_object (&self->model, model);
  if (model == NULL)
    return;

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (HandoverMessage) message = g_list_model_get_item (model, i);

      g_hash_table_add (self->known, g_strdup (message->id));
    }
  self->items_changed_id = g_signal_connect_swapped (model, "items-changed", G_CALLBACK (items_changed_cb), self);
}

/**
 * handover_stale_guard_set_looking:
 * @self: a guard
 * @looking: whether the newest message is in sight
 *
 * Says whether the operator can see what arrives.
 */
void
handover_stale_guard_set_looking (HandoverStaleGuard *self,
                                  gboolean            looking)
{
  g_return_if_fail (HANDOVER_IS_STALE_GUARD (self));

  if (self->looking == looking)
    return;

  self->looking = looking;
  begin_glance (self);
}

/**
 * handover_stale_guard_get_count:
 * @self: a guard
 *
 * Counts what others said that the operator cannot have seen.
 *
 * Returns: how many messages
 */
guint
handover_stale_guard_get_count (HandoverStaleGuard *self)
{
  g_return_val_if_fail (HANDOVER_IS_STALE_GUARD (self), 0);

  return self->news->len;
}

/**
 * handover_stale_guard_get_newest:
 * @self: a guard
 *
 * Gets the newest of what the operator cannot have seen.
 *
 * Returns: (transfer none) (nullable): a message
 */
HandoverMessage *
handover_stale_guard_get_newest (HandoverStaleGuard *self)
{
  g_return_val_if_fail (HANDOVER_IS_STALE_GUARD (self), NULL);

  return self->news->len > 0 ? g_ptr_array_index (self->news, self->news->len - 1) : NULL;
}

/**
 * handover_stale_guard_see_all:
 * @self: a guard
 *
 * Takes note that the operator knows of everything.
 */
void
handover_stale_guard_see_all (HandoverStaleGuard *self)
{
  g_return_if_fail (HANDOVER_IS_STALE_GUARD (self));

  g_ptr_array_set_size (self->news, 0);
  g_clear_handle_id (&self->glance_source, g_source_remove);
}
