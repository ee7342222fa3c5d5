/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include <adwaita.h>

#include "core/handover-escalation.h"

G_BEGIN_DECLS

#define HANDOVER_TYPE_REASON_CARD (handover_reason_card_get_type ())

G_DECLARE_FINAL_TYPE (HandoverReasonCard, handover_reason_card, HANDOVER, REASON_CARD, AdwBin)

void handover_reason_card_set_escalation (HandoverReasonCard *self,
                                          HandoverEscalation *escalation);

G_END_DECLS
