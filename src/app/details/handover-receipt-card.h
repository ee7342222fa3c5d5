/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include <adwaita.h>

#include "core/handover-facts.h"

G_BEGIN_DECLS

#define HANDOVER_TYPE_RECEIPT_CARD (handover_receipt_card_get_type ())

G_DECLARE_FINAL_TYPE (HandoverReceiptCard, handover_receipt_card, HANDOVER, RECEIPT_CARD, AdwBin)

void handover_receipt_card_set_facts (HandoverReceiptCard *self,
                                      const HandoverFacts *facts);

G_END_DECLS
