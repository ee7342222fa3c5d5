/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "service/http/routes/handover-route-help.h"

#include "core/handover-json.h"
#include "core/handover-problem.h"

#define DEFAULT_LIMIT 50
#define MAXIMUM_LIMIT 200

/**
 * handover_route_help_get_actor:
 * @principal: an operator
 *
 * Gets who acts, as others see them.
 *
 * Returns: (transfer full): the person
 */
HandoverPerson *
handover_route_help_get_actor (const HandoverPrincipal *principal)
{
  HandoverPerson *actor = g_object_new (HANDOVER_TYPE_PERSON, NULL);

  actor->id = g_strdup (principal->id);
  actor->name = g_strdup (principal->name);
  return actor;
}

/**
 * handover_route_help_read_limit:
 * @request: a request for a list
 * @limit: (out): how many items it wants at most
 * @error: return location for an error
 *
 * Reads how long a page may be.
 *
 * Returns: whether the limit is one that is allowed
 */
gboolean
handover_route_help_read_limit (HandoverRequest  *request,
                                guint            *limit,
                                GError          **error)
{
  gint64 value;

  if (!handover_request_get_integer (request, "limit", 1, MAXIMUM_LIMIT, DEFAULT_LIMIT, &value, error))
    return FALSE;

  *limit = value;
  return TRUE;
}

/**
 * handover_route_help_refuse_attachments:
 * @object: what may have attachments
 * @path: (nullable): where the object stands in the body
 * @error: return location for an error
 *
 * Refuses attachments, which cannot be stored yet, rather than lose them.
 *
 * Returns: whether there are none
 */
gboolean
handover_route_help_refuse_attachments (JsonObject  *object,
                                        const char  *path,
                                        GError     **error)
{
  JsonArray *attachments;

  if (!handover_json_read_array (object, path, "attachments", HANDOVER_JSON_OPTIONAL, 100, &attachments, error))
    return FALSE;
  if (attachments == NULL || json_array_get_length (attachments) == 0)
    return TRUE;

  g_set_error_literal (error, HANDOVER_PROBLEM, HANDOVER_PROBLEM_NOT_SUPPORTED,
                       "This service does not take attachments yet; leave attachments out.");
  return FALSE;
}

/**
 * handover_route_help_answer_record:
 * @response: the answer
 * @status: its status
 * @record: (nullable): what to answer with; %NULL if there is an error instead
 *
 * Answers with one object.
 *
 * Returns: whether there is something to answer with
 */
gboolean
handover_route_help_answer_record (HandoverResponse *response,
                                   guint             status,
                                   gpointer          record)
{
  if (record == NULL)
    return FALSE;

  handover_response_take_text (response, status, handover_record_to_data (HANDOVER_RECORD (record)));
  return TRUE;
}

/**
 * handover_route_help_answer_page:
 * @response: the answer
 * @page: (nullable) (element-type HandoverRecord): the items; %NULL if there is an error instead
 * @next_cursor: (nullable): where the next page starts
 *
 * Answers with one page of a list.
 *
 * Returns: whether there is something to answer with
 */
gboolean
handover_route_help_answer_page (HandoverResponse *response,
                                 GPtrArray        *page,
                                 const char       *next_cursor)
{
  if (page == NULL)
    return FALSE;

  handover_response_take_records (response, page, next_cursor);
  return TRUE;
}
