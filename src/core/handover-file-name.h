/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *handover_file_name_clean          (const char *name);
char *handover_file_name_to_disposition (const char *name);

G_END_DECLS
