/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include <adwaita.h>

#include "client/handover-account.h"

G_BEGIN_DECLS

#define HANDOVER_TYPE_CHANNELS_PAGE (handover_channels_page_get_type ())

G_DECLARE_FINAL_TYPE (HandoverChannelsPage, handover_channels_page, HANDOVER, CHANNELS_PAGE, AdwPreferencesPage)

void handover_channels_page_set_account (HandoverChannelsPage *self,
                                         HandoverAccount      *account);

G_END_DECLS
