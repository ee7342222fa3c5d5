/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "service/http/routes/handover-routes.h"

#include "core/handover-json.h"
#include "service/store/handover-store-businesses.h"

static gboolean
get_business (HandoverStore            *store,
              const HandoverPrincipal  *principal,
              HandoverRequest          *request,
              HandoverResponse         *response,
              GError                  **error)
{
  g_autoptr (HandoverBusiness) business = handover_store_get_business (store, principal->business_id, error);

  if (business == NULL)
    return FALSE;

  handover_response_take_body (response, 200, handover_record_to_json (HANDOVER_RECORD (business)));
  return TRUE;
}

static gboolean
read_text (JsonObject  *object,
           const char  *member,
           gsize        limit,
           char       **text,
           GError     **error)
{
  const char *value;

  if (!json_object_has_member (object, member))
    return TRUE;
  if (!handover_json_read_string (object, NULL, member, HANDOVER_JSON_NOT_EMPTY, limit, &value, error))
    return FALSE;

  g_set_str (text, value);
  return TRUE;
}

static gboolean
update_business (HandoverStore            *store,
                 const HandoverPrincipal  *principal,
                 HandoverRequest          *request,
                 HandoverResponse         *response,
                 GError                  **error)
{
  g_autoptr (HandoverBusiness) business = handover_store_get_business (store, principal->business_id, error);
  JsonObject *object = handover_request_get_object (request);

  if (business == NULL || !read_text (object, "name", HANDOVER_LIMIT_NAME, &business->name, error) ||
      !read_text (object, "transition_message", HANDOVER_LIMIT_TEXT, &business->transition_message, error) ||
      !handover_store_update_business (store, business, error))
    return FALSE;

  handover_response_take_body (response, 200, handover_record_to_json (HANDOVER_RECORD (business)));
  return TRUE;
}

const HandoverRoute handover_routes_business[] = {
  { "GET", "/v1/business", HANDOVER_ACCESS_OPERATOR, HANDOVER_ROUTE_READ, get_business },
  { "PATCH", "/v1/business", HANDOVER_ACCESS_ADMIN, HANDOVER_ROUTE_WRITE, update_business },
  { NULL },
};
