/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "service/channels/handover-pace.h"

/* When the last ones passed; the next may once the oldest of them is a second ago. */
struct _HandoverPace
{
  guint per_second;
  guint next;
  gint64 *times;
};

/**
 * handover_pace_new:
 * @per_second: how many may pass in a second; 0 for any number
 *
 * Returns: (transfer full): a pace
 */
HandoverPace *
handover_pace_new (guint per_second)
{
  HandoverPace *self = g_new0 (HandoverPace, 1);

  self->per_second = per_second;
  self->times = g_new0 (gint64, MAX (per_second, 1));
  return self;
}

/**
 * handover_pace_free:
 * @self: (transfer full): a pace
 *
 * Frees it.
 */
void
handover_pace_free (HandoverPace *self)
{
  g_free (self->times);
  g_free (self);
}

/**
 * handover_pace_get_next:
 * @self: a pace
 *
 * Tells when the next one may pass.
 *
 * Returns: the monotonic time in microseconds, which may be past
 */
gint64
handover_pace_get_next (HandoverPace *self)
{
  gint64 oldest = self->times[self->next];

  return self->per_second == 0 || oldest == 0 ? 0 : oldest + G_USEC_PER_SEC;
}

/**
 * handover_pace_take:
 * @self: a pace
 * @now: the monotonic time in microseconds
 *
 * Gives a place to one that is about to pass.
 *
 * Returns: its place
 */
guint
handover_pace_take (HandoverPace *self,
                    gint64        now)
{
  guint place = self->next;

  self->times[place] = now;
  if (self->per_second > 0)
    self->next = (self->next + 1) % self->per_second;
  return place;
}

/**
 * handover_pace_pass:
 * @self: a pace
 * @place: what handover_pace_take() gave
 * @now: the monotonic time in microseconds
 *
 * Notes that it passes only now.
 */
void
handover_pace_pass (HandoverPace *self,
                    guint         place,
                    gint64        now)
{
  self->times[place] = now;
}
