/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

static const char query[] = "UPDATE conversations SET control = 'operator'";
