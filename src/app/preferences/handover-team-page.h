/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include <adwaita.h>

#include "client/handover-account.h"

G_BEGIN_DECLS

#define HANDOVER_TYPE_TEAM_PAGE (handover_team_page_get_type ())

G_DECLARE_FINAL_TYPE (HandoverTeamPage, handover_team_page, HANDOVER, TEAM_PAGE, AdwPreferencesPage)

void handover_team_page_set_account (HandoverTeamPage *self,
                                     HandoverAccount  *account);

G_END_DECLS
