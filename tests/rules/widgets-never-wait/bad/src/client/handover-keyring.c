/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

static char *
look_up (void)
{
  return secret_password_lookup_sync (&schema, NULL, NULL, NULL);
}
