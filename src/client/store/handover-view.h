/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * HandoverView:
 * @HANDOVER_VIEW_WAITING: nobody speaks to the customer; the longest wait first
 * @HANDOVER_VIEW_MINE: held by this operator
 * @HANDOVER_VIEW_TEAM: held by a colleague
 * @HANDOVER_VIEW_AGENT: the AI speaks
 * @HANDOVER_VIEW_CLOSED: closed
 * @HANDOVER_VIEW_ALL: every conversation
 *
 * A way to look at the conversations. All but the first show the newest change first.
 */
typedef enum
{
  HANDOVER_VIEW_WAITING,
  HANDOVER_VIEW_MINE,
  HANDOVER_VIEW_TEAM,
  HANDOVER_VIEW_AGENT,
  HANDOVER_VIEW_CLOSED,
  HANDOVER_VIEW_ALL,
  HANDOVER_N_VIEWS,
} HandoverView;

const char *handover_view_to_nick   (HandoverView view);
gboolean    handover_view_from_nick (const char   *nick,
                                     HandoverView *view);

G_END_DECLS
