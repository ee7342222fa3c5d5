/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define HANDOVER_TYPE_GROWING_TEXT (handover_growing_text_get_type ())

G_DECLARE_FINAL_TYPE (HandoverGrowingText, handover_growing_text, HANDOVER, GROWING_TEXT, AdwBin)

G_END_DECLS
