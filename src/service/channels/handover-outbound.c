/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "service/channels/handover-outbound.h"

/**
 * handover_outbound_file_free:
 * @self: (transfer full): a file
 *
 * Frees it.
 */
void
handover_outbound_file_free (HandoverOutboundFile *self)
{
  g_free (self->name);
  g_free (self->type);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_free (self);
}

/**
 * handover_outbound_part_free:
 * @self: (transfer full): a part
 *
 * Frees it.
 */
void
handover_outbound_part_free (HandoverOutboundPart *self)
{
  g_free (self->contact);
  g_free (self->text);
  g_clear_pointer (&self->file, handover_outbound_file_free);
  g_free (self->reply_to);
  g_free (self);
}

/**
 * handover_send_result_new:
 * @outcome: what became of a part
 * @reason: (nullable): why it was not sent, in a whole sentence
 *
 * Returns: (transfer full): a result
 */
HandoverSendResult *
handover_send_result_new (HandoverSendOutcome  outcome,
                          const char          *reason)
{
  HandoverSendResult *self = g_new0 (HandoverSendResult, 1);

  self->outcome = outcome;
  self->reason = g_strdup (reason);
  return self;
}

/**
 * handover_send_result_free:
 * @self: (transfer full): a result
 *
 * Frees it.
 */
void
handover_send_result_free (HandoverSendResult *self)
{
  g_free (self->remote_id);
  g_free (self->reason);
  g_free (self->moved_to);
  g_free (self);
}
