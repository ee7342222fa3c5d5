/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "config.h"

#include "client/handover-backoff.h"

#include <gio/gio.h>

struct _HandoverBackoff
{
  HandoverBackoffFunc func;
  gpointer user_data;
  guint first;
  guint last;
  guint attempts;
  GSource *source;
  gulong network_handler;
};

/* Nothing, then 1, 2, 4 … times the first delay. Half of each wait is chance, so that operators whose service comes
 * back do not all return in the same instant. */
static guint
get_delay (HandoverBackoff *self)
{
  guint64 delay;

  if (self->attempts == 0)
    return 0;

  delay = (guint64) self->first << MIN (self->attempts - 1, 16);
  delay = MIN (delay, self->last);

  return delay / 2 + g_random_double () * delay / 2;
}

static gboolean
due_cb (gpointer user_data)
{
  HandoverBackoff *self = user_data;

  g_clear_pointer (&self->source, g_source_unref);
  self->func (self->user_data);

  return G_SOURCE_REMOVE;
}

static void
network_changed_cb (GNetworkMonitor *monitor,
                    gboolean         available,
                    gpointer         user_data)
{
  handover_backoff_hurry (user_data);
}

/**
 * handover_backoff_new:
 * @first: the first delay that is not none, in milliseconds
 * @last: the longest delay
 * @func: what to try again
 * @user_data: data for @func
 *
 * Makes a plan for trying again: at once, then after ever longer delays, and at once whenever the network changes.
 *
 * Returns: (transfer full): the plan
 */
HandoverBackoff *
handover_backoff_new (guint               first,
                      guint               last,
                      HandoverBackoffFunc func,
                      gpointer            user_data)
{
  HandoverBackoff *self = g_new0 (HandoverBackoff, 1);

  self->func = func;
  self->user_data = user_data;
  self->first = first;
  self->last = last;
  self->network_handler = g_signal_connect (g_network_monitor_get_default (), "network-changed",
                                            G_CALLBACK (network_changed_cb), self);

  return self;
}

/**
 * handover_backoff_free:
 * @self: (transfer full): a plan
 *
 * Frees a plan; it tries no more.
 */
void
handover_backoff_free (HandoverBackoff *self)
{
  handover_backoff_cancel (self);
  g_signal_handler_disconnect (g_network_monitor_get_default (), self->network_handler);
  g_free (self);
}

/**
 * handover_backoff_wait:
 * @self: a plan
 * @at_least: milliseconds that the other side asked for; 0 or less if it did not
 *
 * Waits for the next try, and then tries.
 *
 * Returns: the milliseconds until then
 */
guint
handover_backoff_wait (HandoverBackoff *self,
                       gint64           at_least)
{
  guint delay = MAX (get_delay (self), (guint) CLAMP (at_least, 0, self->last));

  handover_backoff_cancel (self);
  self->attempts++;
  self->source = g_timeout_source_new (delay);
  g_source_set_callback (self->source, due_cb, self, NULL);
  g_source_attach (self->source, g_main_context_get_thread_default ());

  return delay;
}

/**
 * handover_backoff_hurry:
 * @self: a plan
 *
 * Tries now if it is waiting.
 */
void
handover_backoff_hurry (HandoverBackoff *self)
{
  if (self->source == NULL)
    return;

  handover_backoff_cancel (self);
  self->func (self->user_data);
}

/**
 * handover_backoff_cancel:
 * @self: a plan
 *
 * Waits no more.
 */
void
handover_backoff_cancel (HandoverBackoff *self)
{
  if (self->source == NULL)
    return;

  g_source_destroy (self->source);
  g_clear_pointer (&self->source, g_source_unref);
}

/**
 * handover_backoff_reset:
 * @self: a plan
 *
 * Begins anew: the next try comes at once.
 */
void
handover_backoff_reset (HandoverBackoff *self)
{
  self->attempts = 0;
}
