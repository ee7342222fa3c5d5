/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include <gtk/gtk.h>

#include "core/handover-conversation.h"

G_BEGIN_DECLS

GListModel *handover_conversation_filter_new     (GListModel           *conversations,
                                                  const char           *search);

gboolean    handover_conversation_filter_matches (HandoverConversation *conversation,
                                                  const char           *folded_search);

G_END_DECLS
