/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

static int
width (GSettings *settings)
{
  return g_settings_get_int (settings, "window-girth");
}
