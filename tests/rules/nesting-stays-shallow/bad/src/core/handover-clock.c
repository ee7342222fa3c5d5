/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

static void
handover_clock_tick (int n)
{
  while (n > 0) {
    while (n > 1) {
      while (n > 2) {
        while (n > 3) {
          while (n > 4) {
            tick ();
          }
        }
      }
    }
  }
}
