/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "core/handover-json.h"
#include "database/handover-database.h"
#include "desk-fixture.h"
#include "fuzz-target.h"
#include "service/http/handover-response.h"
#include "service/http/routes/handover-routes-desk.h"

/* Anew now and then, so that what is stored neither slows the rest down nor hides anything. */
#define RUNS_PER_SHOP 2000

static void
set_up_shop (DeskFixture *fixture)
{
  desk_fixture_set_up (fixture, NULL);
}

/* A refusal is an error or an answer; an answer is one JSON-RPC message; and nothing is written halfway. */
static void
check_answer (HandoverResponse *response)
{
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (GError) error = NULL;
  JsonObject *answer;

  if (response->status == 202)
    return;

  g_assert_true (response->status == 200 || response->status == 400);
  node = handover_json_parse (response->data, &error);
  g_assert_no_error (error);
  answer = json_node_get_object (node);
  g_assert_cmpstr (json_object_get_string_member (answer, "jsonrpc"), ==, "2.0");
  g_assert_true (json_object_has_member (answer, "result") != json_object_has_member (answer, "error"));
}

static void
post (DeskFixture  *fixture,
      const guint8 *data,
      gsize         size)
{
  g_autoptr (HandoverRequest) request = handover_request_new ("POST", "/mcp", NULL);
  g_autoptr (HandoverResponse) response = handover_response_new ();
  g_autoptr (GError) error = NULL;
  HandoverPrincipal principal = {
    .kind = HANDOVER_PRINCIPAL_AGENT,
    .business_id = (char *) SHOP,
    .id = (char *) BOT,
  };

  request->data = g_bytes_new (data, size);
  g_assert_true (handover_database_savepoint (fixture->database, NULL));
  if (handover_routes_mcp[0].handler (fixture->store, &principal, request, response, &error))
    {
      g_assert_no_error (error);
      g_assert_true (handover_database_release (fixture->database, NULL));
      check_answer (response);
      return;
    }

  g_assert_true (error->domain == HANDOVER_PROBLEM);
  g_assert_cmpuint (handover_problem_get_status (error->code), <, 500);
  g_assert_true (handover_database_rollback_to (fixture->database, NULL));
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  static DeskFixture fixture;
  static guint n_runs;

  if (n_runs % RUNS_PER_SHOP == 0)
    {
      if (n_runs > 0)
        desk_fixture_tear_down (&fixture, NULL);
      set_up_shop (&fixture);
    }
  n_runs++;
  post (&fixture, data, size);
  return 0;
}
