/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "core/handover-json.h"
#include "core/handover-problem.h"
#include "database/handover-database.h"
#include "desk-fixture.h"
#include "fuzz-target.h"
#include "service/http/handover-response.h"
#include "service/http/handover-router.h"
#include "service/http/routes/handover-routes.h"
#include "service/store/handover-store-cursor.h"

/* One shop for all: nothing here writes. */
typedef struct
{
  DeskFixture desk;
  HandoverConversation *conversation;
  HandoverRouter *router;
} Shop;

static Shop *
open_shop (void)
{
  static Shop shop;

  if (shop.router != NULL)
    return &shop;

  desk_fixture_set_up (&shop.desk, NULL);
  g_object_unref (desk_fixture_put (&shop.desk, HANDOVER_CONTROL_WAITING, FALSE));
  g_object_unref (desk_fixture_put (&shop.desk, HANDOVER_CONTROL_CLOSED, TRUE));
  shop.conversation = desk_fixture_put (&shop.desk, HANDOVER_CONTROL_OPERATOR, TRUE);
  shop.router = handover_router_new ();
  for (guint i = 0; handover_routes[i] != NULL; i++)
    handover_router_add (shop.router, handover_routes[i]);
  return &shop;
}

static gboolean
answer (Shop                 *shop,
        const HandoverRoute  *route,
        HandoverRequest      *request,
        HandoverResponse     *response,
        GError              **error)
{
  HandoverPrincipal principal = { .business_id = (char *) SHOP };

  principal.kind = route->access == HANDOVER_ACCESS_AGENT ? HANDOVER_PRINCIPAL_AGENT : HANDOVER_PRINCIPAL_OPERATOR;
  principal.id = route->access == HANDOVER_ACCESS_AGENT ? (char *) BOT : shop->desk.kim->id;
  principal.role = HANDOVER_ROLE_OWNER;

  return route->handler (shop->desk.store, &principal, request, response, error);
}

/* A page is as long as was asked for, and the cursor that it names leads on. */
static void
check_page (Shop                *shop,
            const HandoverRoute *route,
            HandoverRequest     *request,
            JsonObject          *page)
{
  const char *limit = handover_request_get_query (request, "limit");
  guint n_items = json_array_get_length (json_object_get_array_member (page, "items"));
  const char *name = g_str_has_suffix (route->pattern, "/messages") ? "before" : "cursor";
  g_autoptr (HandoverResponse) response = handover_response_new ();
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (n_items, <=, limit != NULL ? g_ascii_strtoull (limit, NULL, 10) : 200);
  if (json_object_get_null_member (page, "next_cursor"))
    return;

  g_hash_table_replace (request->query, g_strdup (name), g_strdup (json_object_get_string_member (page, "next_cursor")));
  g_assert_true (answer (shop, route, request, response, &error));
  g_assert_no_error (error);
}

static void
check_answer (Shop                *shop,
              const HandoverRoute *route,
              HandoverRequest     *request)
{
  g_autoptr (HandoverResponse) response = handover_response_new ();
  g_autoptr (JsonNode) body = NULL;
  g_autoptr (GError) error = NULL;

  if (!answer (shop, route, request, response, &error))
    {
      g_assert_true (error->domain == HANDOVER_PROBLEM);
      g_assert_cmpuint (handover_problem_get_status (error->code), <, 500);
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
      return;
    }

  g_assert_no_error (error);
  g_assert_true (response->stream.wanted || response->status == 200);
  g_assert_true (!response->stream.wanted || response->stream.after >= 0);
  if (response->stream.wanted)
    return;

  body = handover_json_parse (response->data, &error);
  g_assert_no_error (error);
  if (json_object_has_member (json_node_get_object (body), "next_cursor"))
    check_page (shop, route, request, json_node_get_object (body));
}

/* What was read as a cursor is the same when it is written and read again. */
static void
check_cursor (const char *cursor)
{
  g_autofree char *id = NULL;
  g_autofree char *id_again = NULL;
  g_autofree char *written = NULL;
  g_autoptr (GError) error = NULL;
  gint64 value;
  gint64 value_again;

  if (!handover_store_cursor_parse (cursor, &value, &id, &error))
    {
      g_assert_error (error, HANDOVER_PROBLEM, HANDOVER_PROBLEM_INVALID_REQUEST);
      return;
    }

  g_assert_no_error (error);
  written = handover_store_cursor_format (value, id);
  g_assert_true (handover_store_cursor_parse (written, &value_again, &id_again, &error));
  g_assert_no_error (error);
  g_assert_cmpint (value, ==, value_again);
  g_assert_cmpstr (id, ==, id_again);
}

/* PATH?QUERY, and in a second line the number that a stream saw last. THIS stands for a conversation. */
int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  Shop *shop = open_shop ();
  g_autoptr (GString) text = g_string_new_len ((const char *) data, size);
  g_auto (GStrv) lines = NULL;
  g_auto (GStrv) parts = NULL;
  g_autoptr (HandoverRequest) request = NULL;
  g_autofree char *allowed = NULL;
  g_autoptr (GError) error = NULL;
  const HandoverRoute *route;

  g_string_replace (text, "THIS", shop->conversation->id, 0);
  lines = g_strsplit (text->str, "\n", 2);
  if (lines[0] == NULL)
    return 0;

  parts = g_strsplit (lines[0], "?", 2);
  check_cursor (lines[0]);
  request = handover_request_new ("GET", parts[0] != NULL ? parts[0] : "", parts[0] != NULL ? parts[1] : NULL);
  if (lines[1] != NULL && *lines[1] != '\0')
    g_hash_table_replace (request->headers, g_strdup ("last-event-id"), g_strdup (lines[1]));

  route = handover_router_match (shop->router, request, &allowed, &error);
  g_assert_true ((route == NULL) == (error != NULL));
  /* The pipeline refuses what is malformed before a handler sees it. */
  if (route != NULL && route->access != HANDOVER_ACCESS_PUBLIC && !request->malformed)
    check_answer (shop, route, request);
  return 0;
}
