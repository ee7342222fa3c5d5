/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

static const char journal[] = "PRAGMA journal_mode = WAL";
