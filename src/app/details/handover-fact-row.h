/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define HANDOVER_TYPE_FACT_ROW (handover_fact_row_get_type ())

G_DECLARE_FINAL_TYPE (HandoverFactRow, handover_fact_row, HANDOVER, FACT_ROW, AdwBin)

void handover_fact_row_set_value (HandoverFactRow *self,
                                  const char      *value);

G_END_DECLS
