/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "client/store/handover-view.h"

static const char *const nicks[HANDOVER_N_VIEWS] = {
  [HANDOVER_VIEW_WAITING] = "waiting",
  [HANDOVER_VIEW_MINE] = "mine",
  [HANDOVER_VIEW_TEAM] = "team",
  [HANDOVER_VIEW_AGENT] = "agent",
  [HANDOVER_VIEW_CLOSED] = "closed",
  [HANDOVER_VIEW_ALL] = "all",
};

/**
 * handover_view_to_nick:
 * @view: a view
 *
 * Returns: the interface's word for it
 */
const char *
handover_view_to_nick (HandoverView view)
{
  g_return_val_if_fail (view < HANDOVER_N_VIEWS, NULL);

  return nicks[view];
}

/**
 * handover_view_from_nick:
 * @nick: the interface's word for a view
 * @view: (out): the view
 *
 * Returns: whether there is such a view
 */
gboolean
handover_view_from_nick (const char   *nick,
                         HandoverView *view)
{
  for (guint i = 0; i < HANDOVER_N_VIEWS; i++)
    {
      if (g_strcmp0 (nick, nicks[i]) == 0)
        {
          *view = i;
          return TRUE;
        }
    }

  return FALSE;
}
