/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "service/http/routes/handover-route-help.h"

#include "core/handover-attachment.h"
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

static gboolean
refuse_attachments (const char  *path,
                    const char  *what,
                    GError     **error)
{
  g_set_error (error, HANDOVER_PROBLEM, HANDOVER_PROBLEM_INVALID_MEMBER, "%s%sattachments %s", path != NULL ? path : "",
               path != NULL ? "." : "", what);
  return FALSE;
}

/**
 * handover_route_help_read_attachments:
 * @object: what may have attachments
 * @path: (nullable): where the object stands in the body
 * @ids: (out) (transfer full) (nullable): their ids; %NULL where there are none
 * @error: return location for an error
 *
 * Reads which files come with a message.
 *
 * Returns: whether they are ids, each one once
 */
gboolean
handover_route_help_read_attachments (JsonObject  *object,
                                      const char  *path,
                                      char      ***ids,
                                      GError     **error)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  JsonArray *attachments;

  *ids = NULL;
  if (!handover_json_read_array (object, path, "attachments", HANDOVER_JSON_OPTIONAL, HANDOVER_LIMIT_ATTACHMENTS,
                                 &attachments, error))
    return FALSE;
  if (attachments == NULL || json_array_get_length (attachments) == 0)
    return TRUE;

  for (guint i = 0; i < json_array_get_length (attachments); i++)
    {
      JsonNode *node = json_array_get_element (attachments, i);

      if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
        return refuse_attachments (path, "must be a list of the ids of uploaded files", error);
      if (!g_hash_table_add (seen, (gpointer) json_node_get_string (node)))
        return refuse_attachments (path, "must name each file once", error);
      g_strv_builder_add (builder, json_node_get_string (node));
    }

  *ids = g_strv_builder_end (builder);
  return TRUE;
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
