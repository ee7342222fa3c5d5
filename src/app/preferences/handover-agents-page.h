/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include <adwaita.h>

#include "client/handover-account.h"

G_BEGIN_DECLS

#define HANDOVER_TYPE_AGENTS_PAGE (handover_agents_page_get_type ())

G_DECLARE_FINAL_TYPE (HandoverAgentsPage, handover_agents_page, HANDOVER, AGENTS_PAGE, AdwPreferencesPage)

void handover_agents_page_set_account (HandoverAgentsPage *self,
                                       HandoverAccount    *account);

G_END_DECLS
