/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "service/channels/handover-retry.h"

/* The longest pause is sixty times the first: a minute, where that is a second. */
#define LONGEST 60

/* What a platform asks for is believed up to a day. */
#define LONGEST_ASKED (24 * 3600)

/**
 * handover_retry_get_delay:
 * @first: the first pause in milliseconds
 * @n_tries: how often it failed, one after the other
 * @retry_after: after how many seconds the platform wants to be asked again, or 0
 *
 * Tells how long to wait before something is tried again: twice as long each time, and as long as the platform says. Up
 * to a quarter more by chance, so that many who failed together do not come back together.
 *
 * Returns: milliseconds
 */
guint
handover_retry_get_delay (guint first,
                          guint n_tries,
                          guint retry_after)
{
  guint factor = n_tries > 6 ? LONGEST : MIN (1u << (MAX (n_tries, 1) - 1), LONGEST);
  guint delay = first * factor;

  if (retry_after > 0)
    return MIN (retry_after, LONGEST_ASKED) * 1000;

  return delay + g_random_int_range (0, delay / 4 + 1);
}
