/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "service/channels/handover-inbound.h"

/**
 * handover_inbound_media_new:
 * @remote_id: the platform's name for it
 * @label: what it is in words
 *
 * Describes something that a customer sent.
 *
 * Returns: (transfer full): the description
 */
HandoverInboundMedia *
handover_inbound_media_new (const char *remote_id,
                            const char *label)
{
  HandoverInboundMedia *self = g_new0 (HandoverInboundMedia, 1);

  self->remote_id = g_strdup (remote_id);
  self->label = g_strdup (label);
  return self;
}

/**
 * handover_inbound_media_free:
 * @self: (transfer full): a description
 *
 * Frees it.
 */
void
handover_inbound_media_free (HandoverInboundMedia *self)
{
  g_free (self->remote_id);
  g_free (self->label);
  g_free (self->name);
  g_free (self->type);
  g_free (self);
}

/**
 * handover_inbound_event_new:
 * @kind: what happened
 * @key: what the platform repeats it by
 * @contact: the platform's name for the chat
 *
 * Begins to tell of something that happened.
 *
 * Returns: (transfer full): the event
 */
HandoverInboundEvent *
handover_inbound_event_new (HandoverInboundKind  kind,
                            const char          *key,
                            const char          *contact)
{
  HandoverInboundEvent *self = g_new0 (HandoverInboundEvent, 1);

  self->kind = kind;
  self->key = g_strdup (key);
  self->contact = g_strdup (contact);
  return self;
}

/**
 * handover_inbound_event_add_media:
 * @self: a message
 * @media: (transfer full): what was sent with it
 *
 * Adds something that the customer sent.
 */
void
handover_inbound_event_add_media (HandoverInboundEvent *self,
                                  HandoverInboundMedia *media)
{
  if (self->media == NULL)
    self->media = g_ptr_array_new_with_free_func ((GDestroyNotify) handover_inbound_media_free);
  g_ptr_array_add (self->media, media);
}

/**
 * handover_inbound_event_free:
 * @self: (transfer full): an event
 *
 * Frees it.
 */
void
handover_inbound_event_free (HandoverInboundEvent *self)
{
  g_free (self->key);
  g_free (self->contact);
  g_free (self->remote_id);
  g_free (self->reply_to);
  g_clear_object (&self->customer);
  g_free (self->text);
  g_clear_pointer (&self->media, g_ptr_array_unref);
  g_free (self->reason);
  g_free (self->moved_to);
  g_free (self);
}

/**
 * handover_inbound_batch_new:
 *
 * Returns: (transfer full): a batch without events
 */
HandoverInboundBatch *
handover_inbound_batch_new (void)
{
  HandoverInboundBatch *self = g_new0 (HandoverInboundBatch, 1);

  self->events = g_ptr_array_new_with_free_func ((GDestroyNotify) handover_inbound_event_free);
  self->presses = g_ptr_array_new_with_free_func (g_free);
  return self;
}

/**
 * handover_inbound_batch_free:
 * @self: (transfer full): a batch
 *
 * Frees it.
 */
void
handover_inbound_batch_free (HandoverInboundBatch *self)
{
  g_ptr_array_unref (self->events);
  g_ptr_array_unref (self->presses);
  g_free (self->cursor);
  g_free (self);
}
