/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "client/store/handover-changes.h"

static void
clear_message (gpointer data)
{
  HandoverMessageChange *change = data;

  g_clear_object (&change->message);
}

/**
 * handover_changes_new:
 *
 * Returns: (transfer full): no changes yet
 */
HandoverChanges *
handover_changes_new (void)
{
  HandoverChanges *self = g_new0 (HandoverChanges, 1);

  self->records = g_ptr_array_new_with_free_func (g_object_unref);
  self->messages = g_array_new (FALSE, FALSE, sizeof (HandoverMessageChange));
  g_array_set_clear_func (self->messages, clear_message);
  self->deleted_conversations = g_ptr_array_new_with_free_func (g_free);
  self->deleted_records = g_ptr_array_new_with_free_func (g_object_unref);

  return self;
}

/**
 * handover_changes_free:
 * @self: (transfer full): changes
 *
 * Frees them.
 */
void
handover_changes_free (HandoverChanges *self)
{
  g_ptr_array_unref (self->records);
  g_array_unref (self->messages);
  g_ptr_array_unref (self->deleted_conversations);
  g_ptr_array_unref (self->deleted_records);
  g_clear_object (&self->event);
  g_free (self);
}

/**
 * handover_changes_add_message:
 * @self: changes
 * @message: a message
 * @position: where it lies
 * @added: whether it is new
 *
 * Adds a message.
 */
void
handover_changes_add_message (HandoverChanges *self,
                              HandoverMessage *message,
                              double           position,
                              gboolean         added)
{
  HandoverMessageChange change = { g_object_ref (message), position, added };

  g_array_append_val (self->messages, change);
}
