/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

static void
freeze (HandoverConversation *conversation)
{
  conversation->control = HANDOVER_CONTROL_WAITING;
}
