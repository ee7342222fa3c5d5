/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

G_GNUC_BEGIN_IGNORE_DEPRECATIONS
