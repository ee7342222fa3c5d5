/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

static void
handover_clock_start (void)
{
  g_timeout_add_seconds (1, tick_cb, NULL);
}
