/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

static void
handover_clock_stop (void)
{
  goto out;
out:
  return;
}
