/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "service/store/handover-log-line.h"

G_DEFINE_BOXED_TYPE (HandoverLogLine, handover_log_line, handover_log_line_ref, handover_log_line_unref)

/**
 * handover_log_line_new:
 *
 * Makes an empty line, to be filled in before it is shared.
 *
 * Returns: (transfer full): a new line
 */
HandoverLogLine *
handover_log_line_new (void)
{
  HandoverLogLine *self = g_new0 (HandoverLogLine, 1);

  g_atomic_ref_count_init (&self->reference_count);
  return self;
}

/**
 * handover_log_line_ref:
 * @self: a line
 *
 * Takes a reference; any thread may.
 *
 * Returns: (transfer full): @self
 */
HandoverLogLine *
handover_log_line_ref (HandoverLogLine *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->reference_count);
  return self;
}

/**
 * handover_log_line_unref:
 * @self: (transfer full): a line
 *
 * Gives a reference back; any thread may.
 */
void
handover_log_line_unref (HandoverLogLine *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->reference_count))
    return;

  g_free (self->business_id);
  g_free (self->kind);
  g_free (self->agent_id);
  g_free (self->operator_id);
  g_free (self->channel_id);
  g_free (self->conversation_id);
  g_clear_pointer (&self->data, g_bytes_unref);
  g_free (self);
}
