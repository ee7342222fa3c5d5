/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "service/http/routes/handover-routes.h"

#include "core/handover-problem.h"
#include "service/store/handover-store-events.h"

static gboolean
refuse_cursor (GError **error)
{
  g_set_error_literal (error, HANDOVER_PROBLEM, HANDOVER_PROBLEM_CURSOR_EXPIRED,
                       "This number is not in the log, or is another log's. Load the lists anew and start from their "
                       "number.");
  return FALSE;
}

/* Where a stream starts: after the number that the client saw last, from the oldest line for 0, else from now on. */
static gboolean
read_cursor (HandoverRequest  *request,
             gint64            sequence,
             gint64           *after,
             GError          **error)
{
  const char *last_seen = handover_request_get_header (request, "last-event-id");

  if (last_seen == NULL)
    return handover_request_get_integer (request, "after", 0, G_MAXINT64, sequence, after, error);
  if (g_ascii_string_to_signed (last_seen, 10, 0, G_MAXINT64, after, NULL))
    return TRUE;

  g_set_error_literal (error, HANDOVER_PROBLEM, HANDOVER_PROBLEM_INVALID_REQUEST,
                       "Last-Event-ID must be the number of an event.");
  return FALSE;
}

/* Whoever names the log that their number is of learns when it is another one, as after a backup was put back. Its numbers
 * may be given again by then, to other lines. */
static gboolean
check_log (HandoverStore    *store,
           HandoverRequest  *request,
           GError          **error)
{
  const char *wanted = handover_request_get_query (request, "log");
  const char *log_id = handover_store_get_log_id (store, error);

  if (log_id == NULL)
    return FALSE;

  return wanted == NULL || g_str_equal (wanted, log_id) || refuse_cursor (error);
}

static gboolean
open_stream (HandoverStore            *store,
             const HandoverPrincipal  *principal,
             HandoverRequest          *request,
             HandoverResponse         *response,
             GError                  **error)
{
  gint64 sequence;
  gint64 after;

  if (!check_log (store, request, error) ||
      !handover_store_get_sequence (store, principal->business_id, &sequence, error) ||
      !read_cursor (request, sequence, &after, error))
    return FALSE;

  /* A number from the future comes from another log. */
  if (after > sequence)
    return refuse_cursor (error);
  if (!handover_store_check_cursor (store, principal->business_id, after, error))
    return FALSE;

  response->stream.wanted = TRUE;
  response->stream.after = after;
  return TRUE;
}

const HandoverRoute handover_routes_events[] = {
  { "GET", "/v1/events", HANDOVER_ACCESS_OPERATOR, HANDOVER_ROUTE_READ, open_stream },
  { "GET", "/agent/v1/events", HANDOVER_ACCESS_AGENT, HANDOVER_ROUTE_READ, open_stream },
  { NULL },
};
