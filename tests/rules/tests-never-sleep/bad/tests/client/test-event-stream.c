/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

static void
test_resume (void)
{
  g_usleep (100000);
}
