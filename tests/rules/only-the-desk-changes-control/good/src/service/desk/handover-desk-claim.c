/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

static void
claim (void)
{
  handover_control_machine_apply (&state, &input, &transition, NULL);
}
