/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "client/handover-actions.h"
#include "client/scripted-desk.h"
#include "client/store/handover-mirror.h"
#include "client/store/handover-outbox.h"
#include "core/handover-problem.h"

typedef struct
{
  ScriptedServer *server;
  HandoverAccount *account;
  guint signed_out;
  HandoverSignOutReason reason;
} Fixture;

static void
signed_out_cb (Fixture               *fixture,
               HandoverSignOutReason  reason)
{
  fixture->signed_out++;
  fixture->reason = reason;
}

static void
watch (Fixture *fixture)
{
  g_signal_connect_swapped (fixture->account, "signed-out", G_CALLBACK (signed_out_cb), fixture);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->server = scripted_server_new ();
  scripted_desk_open (fixture->server);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_clear_object (&fixture->account);
  scripted_server_free (fixture->server);
}

static gboolean
is_connected (Fixture *fixture)
{
  return handover_account_get_connection (fixture->account) == HANDOVER_CONNECTION_CONNECTED;
}

static gint64
get_cursor (Fixture *fixture)
{
  return handover_mirror_get_cursor (handover_account_get_mirror (fixture->account));
}

static void
sign_in (Fixture *fixture)
{
  fixture->account = scripted_desk_sign_in (fixture->server);
  watch (fixture);
  wait_until (is_connected (fixture) && scripted_server_has_stream (fixture->server));
}

static HandoverAccount *
restore (GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  handover_account_restore_async (NULL, NULL, scripted_desk_take_result, &result);
  wait_until (result != NULL);

  return handover_account_open_finish (result, error);
}

/* Whether anything of a mirror is left in the data folder. */
static gboolean
has_mirror_files (void)
{
  g_autofree char *folder = g_build_filename (g_get_user_data_dir (), APP_ID, NULL);
  g_autoptr (GDir) directory = g_dir_open (folder, 0, NULL);

  return directory != NULL && g_dir_read_name (directory) != NULL;
}

static int
get_control (Fixture *fixture)
{
  g_autoptr (HandoverConversation) conversation =
    handover_mirror_get_conversation (handover_account_get_mirror (fixture->account), "conv_1");

  return conversation != NULL ? conversation->control : HANDOVER_CONTROL_UNKNOWN;
}

static void
sign_out (Fixture *fixture)
{
  g_autoptr (GAsyncResult) result = NULL;

  handover_account_sign_out_async (fixture->account, NULL, scripted_desk_take_result, &result);
  wait_until (result != NULL);
  g_assert_true (handover_account_sign_out_finish (fixture->account, result, NULL));
}

/* The lists are true at 14, 13, 12, 11 and 10: the stream begins after 10. */
static void
test_join (Fixture       *fixture,
           gconstpointer  data)
{
  const ScriptedRequest *request;
  g_autofree char *taken = scripted_desk_conversation ("conv_1", "operator", "op_kim", 3, 4);

  sign_in (fixture);
  request = scripted_server_get_request (fixture->server, "POST /v1/auth/sign-in", 0);
  g_assert_cmpstr (request->body, ==, "{\"email\":\"kim@example.com\",\"password\":\"a long password\"}");
  g_assert_null (request->authorization);
  request = scripted_server_get_request (fixture->server, "GET /v1/events", 0);
  g_assert_cmpstr (request->last_event_id, ==, "10");
  g_assert_cmpstr (request->authorization, ==, "Bearer token-of-kim");

  g_assert_cmpstr (handover_account_get_operator (fixture->account)->name, ==, "Kim");
  g_assert_cmpstr (handover_account_get_business (fixture->account)->name, ==, "Shop");
  g_assert_cmpint (get_control (fixture), ==, HANDOVER_CONTROL_WAITING);
  wait_until (handover_account_get_remembered (fixture->account));

  scripted_desk_send (fixture->server, 11, "control.changed", "conversation", taken);
  wait_until (get_cursor (fixture) == 11);
  g_assert_cmpint (get_control (fixture), ==, HANDOVER_CONTROL_OPERATOR);
  g_assert_cmpuint (handover_account_get_gaps (fixture->account), ==, 0);

  sign_out (fixture);
}

/* Own name and business follow their events; what cannot be read is passed over. */
static void
test_events (Fixture       *fixture,
             gconstpointer  data)
{
  sign_in (fixture);
  g_test_expect_message ("handover-feed", G_LOG_LEVEL_WARNING, "Event 11 (mystery) cannot be read*");
  scripted_server_send (fixture->server, "id: 11\nevent: mystery\ndata: [1,2\n\n");
  scripted_server_send (fixture->server, "id: 12\nevent: withheld\ndata: {}\n\n");
  scripted_desk_send (fixture->server, 13, "operator.updated", "operator",
                      "{\"id\":\"op_kim\",\"name\":\"Kim Lee\",\"role\":\"owner\",\"active\":true}");
  scripted_desk_send (fixture->server, 14, "operator.updated", "operator",
                      "{\"id\":\"op_jo\",\"name\":\"Jo\",\"role\":\"operator\",\"active\":true}");
  wait_until (get_cursor (fixture) == 14);

  g_test_assert_expected_messages ();
  g_assert_cmpstr (handover_account_get_operator (fixture->account)->name, ==, "Kim Lee");
  g_assert_cmpuint (handover_account_get_gaps (fixture->account), ==, 0);
  sign_out (fixture);
}

static void
test_wrong_password (Fixture       *fixture,
                     gconstpointer  data)
{
  g_autoptr (ScriptedServer) server = scripted_server_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  scripted_server_answer (server, "POST /v1/auth/sign-in", 401,
                          "{\"code\":\"invalid_credentials\",\"detail\":\"The password is wrong.\"}");
  handover_account_sign_in_async (scripted_server_get_address (server), "kim@example.com", "guess", NULL,
                                  scripted_desk_take_result, &result);
  wait_until (result != NULL);
  g_assert_null (handover_account_open_finish (result, &error));
  g_assert_error (error, HANDOVER_PROBLEM, HANDOVER_PROBLEM_INVALID_CREDENTIALS);
  g_assert_cmpstr (error->message, ==, "The password is wrong.");
  g_assert_false (has_mirror_files ());
}

static void
test_bad_address (Fixture       *fixture,
                  gconstpointer  data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  handover_account_sign_in_async ("http://shop.example.com", "kim@example.com", "secret", NULL,
                                  scripted_desk_take_result, &result);
  wait_until (result != NULL);
  g_assert_null (handover_account_open_finish (result, &error));
  g_assert_error (error, HANDOVER_PROBLEM, HANDOVER_PROBLEM_INVALID_REQUEST);
}

static void
test_other_ways_in (Fixture       *fixture,
                    gconstpointer  data)
{
  g_autofree char *session = g_strdup_printf ("{\"token\":\"t\",\"operator\":%s,\"business\":%s}", SCRIPTED_KIM,
                                              SCRIPTED_SHOP);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  scripted_server_answer (fixture->server, "POST /v1/auth/sign-up", 201, session);
  handover_account_sign_up_async (scripted_server_get_address (fixture->server), "Shop", "Kim", "kim@example.com",
                                  "secret", NULL, scripted_desk_take_result, &result);
  wait_until (result != NULL);
  fixture->account = handover_account_open_finish (result, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (scripted_server_get_request (fixture->server, "POST /v1/auth/sign-up", 0)->body, ==,
                   "{\"business_name\":\"Shop\",\"name\":\"Kim\",\"email\":\"kim@example.com\","
                   "\"password\":\"secret\"}");
  sign_out (fixture);
  g_clear_object (&fixture->account);
  g_clear_object (&result);

  scripted_server_answer (fixture->server, "POST /v1/auth/accept-invite", 410,
                          "{\"code\":\"invite_invalid\",\"detail\":\"The invite was used.\"}");
  handover_account_accept_invite_async (scripted_server_get_address (fixture->server), "inv_1", "Jo",
                                        "jo@example.com", "secret", NULL, scripted_desk_take_result, &result);
  wait_until (result != NULL);
  g_assert_null (handover_account_open_finish (result, &error));
  g_assert_error (error, HANDOVER_PROBLEM, HANDOVER_PROBLEM_INVITE_INVALID);
}

/* After a restart the desk is there even without the service, and then goes on after the last event. */
static void
test_restore (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *taken = scripted_desk_conversation ("conv_1", "operator", "op_jo", 3, 4);

  sign_in (fixture);
  scripted_desk_send (fixture->server, 11, "control.changed", "conversation", taken);
  wait_until (get_cursor (fixture) == 11);
  g_clear_object (&fixture->account);
  for (guint i = 0; i < 5; i++)
    scripted_server_turn ();

  scripted_server_answer (fixture->server, "GET /v1/events", 503, "{\"code\":\"busy\",\"detail\":\"Busy.\"}");
  fixture->account = restore (&error);
  g_assert_no_error (error);
  g_assert_nonnull (fixture->account);
  watch (fixture);
  g_assert_cmpstr (handover_account_get_operator (fixture->account)->email, ==, "kim@example.com");
  g_assert_cmpstr (handover_account_get_business (fixture->account)->name, ==, "Shop");
  g_assert_cmpint (get_control (fixture), ==, HANDOVER_CONTROL_OPERATOR);

  wait_until (scripted_server_count (fixture->server, "GET /v1/events") == 2);
  g_assert_cmpstr (scripted_server_get_request (fixture->server, "GET /v1/events", 1)->last_event_id, ==, "11");
  g_assert_cmpuint (scripted_server_count (fixture->server, "GET /v1/team"), ==, 1);
  wait_until (handover_account_get_connection (fixture->account) == HANDOVER_CONNECTION_OFFLINE);
  sign_out (fixture);
}

/* A session that the service has ended leaves nothing behind, neither here nor in the keyring. */
static void
test_revoked (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  sign_in (fixture);
  wait_until (handover_account_get_remembered (fixture->account));
  g_assert_true (has_mirror_files ());

  scripted_server_answer (fixture->server, "GET /v1/events", 401, "{\"code\":\"unauthorized\",\"detail\":\"Ended.\"}");
  scripted_server_drop_stream (fixture->server);
  wait_until (fixture->signed_out > 0);

  g_assert_cmpint (fixture->reason, ==, HANDOVER_SIGN_OUT_REVOKED);
  g_assert_false (handover_account_get_signed_in (fixture->account));
  wait_until (!has_mirror_files ());
  wait_until (G_OBJECT (fixture->account)->ref_count == 1);
  g_assert_null (restore (&error));
  g_assert_no_error (error);
  g_assert_cmpuint (fixture->signed_out, ==, 1);
  g_assert_cmpuint (scripted_server_count (fixture->server, "POST /v1/auth/sign-out"), ==, 0);
}

/* The log no longer goes back so far: the lists come again, and what was written here stays. */
static void
test_expired (Fixture       *fixture,
              gconstpointer  data)
{
  HandoverOutbox *outbox;

  sign_in (fixture);
  outbox = handover_account_get_outbox (fixture->account);
  handover_outbox_set_draft (outbox, "conv_1", HANDOVER_DRAFT_REPLY, "Dear Crystal");

  scripted_server_answer (fixture->server, "GET /v1/events", 410, "{\"code\":\"cursor_expired\",\"detail\":\"Old.\"}");
  scripted_server_answer (fixture->server, "GET /v1/events", 503, "{\"code\":\"busy\",\"detail\":\"Busy.\"}");
  scripted_server_drop_stream (fixture->server);
  wait_until (scripted_server_count (fixture->server, "GET /v1/events") >= 3);

  g_assert_cmpuint (scripted_server_count (fixture->server, "GET /v1/team"), ==, 2);
  g_assert_cmpstr (handover_outbox_get_draft (outbox, "conv_1", HANDOVER_DRAFT_REPLY), ==, "Dear Crystal");
  g_assert_cmpuint (fixture->signed_out, ==, 0);
  sign_out (fixture);
}

static void
set_log (Fixture    *fixture,
         const char *log)
{
  static const char *const calls[] = {
    "GET /v1/business", "GET /v1/team", "GET /v1/agents", "GET /v1/channels", "GET /v1/templates",
    "GET /v1/conversations?limit=200&view=waiting", "GET /v1/conversations?limit=200&view=mine",
    "GET /v1/conversations?limit=200&view=team", "GET /v1/conversations?limit=200&view=agent",
    "GET /v1/conversations?limit=200&view=closed",
  };

  for (guint i = 0; i < G_N_ELEMENTS (calls); i++)
    scripted_server_set_header (fixture->server, calls[i], "Handover-Log", log);
}

/* A backup was put back: its numbers mean other lines, though they go past ours already. */
static void
test_other_log (Fixture       *fixture,
                gconstpointer  data)
{
  g_autofree char *taken = scripted_desk_conversation ("conv_1", "operator", "op_kim", 3, 4);
  g_autofree char *note = NULL;
  HandoverOutbox *outbox;

  set_log (fixture, "before & then");
  sign_in (fixture);
  g_assert_cmpstr (scripted_server_get_request (fixture->server, "GET /v1/events", 0)->query, ==, "log=before%20%26%20then");
  outbox = handover_account_get_outbox (fixture->account);
  handover_outbox_set_draft (outbox, "conv_1", HANDOVER_DRAFT_REPLY, "Dear Crystal");
  scripted_server_answer (fixture->server, "POST /v1/conversations/conv_1/messages", 503,
                          "{\"code\":\"busy\",\"detail\":\"Busy.\"}");
  note = handover_outbox_note (outbox, "conv_1", "Ask about the jeans");
  scripted_desk_send (fixture->server, 11, "control.changed", "conversation", taken);
  wait_until (get_control (fixture) == HANDOVER_CONTROL_OPERATOR);

  /* The lists say what they said at first: an older version of the conversation. */
  set_log (fixture, "after");
  scripted_server_answer (fixture->server, "GET /v1/events?log=before%20%26%20then", 410,
                          "{\"code\":\"cursor_expired\",\"detail\":\"Another log.\"}");
  scripted_server_drop_stream (fixture->server);
  wait_until (scripted_server_count (fixture->server, "GET /v1/events") >= 3 && is_connected (fixture));
  g_assert_cmpstr (scripted_server_get_request (fixture->server, "GET /v1/events", 2)->query, ==, "log=after");
  g_assert_cmpstr (scripted_server_get_request (fixture->server, "GET /v1/events", 2)->last_event_id, ==, "10");
  wait_until (get_control (fixture) == HANDOVER_CONTROL_WAITING);
  g_assert_cmpint (get_cursor (fixture), ==, 10);
  g_assert_cmpuint (handover_outbox_get_unsent (outbox), ==, 1);
  g_assert_cmpstr (handover_outbox_get_draft (outbox, "conv_1", HANDOVER_DRAFT_REPLY), ==, "Dear Crystal");
  g_assert_cmpuint (handover_account_get_gaps (fixture->account), ==, 0);

  /* What comes now is of the new log. */
  scripted_desk_send (fixture->server, 11, "control.changed", "conversation", taken);
  wait_until (get_control (fixture) == HANDOVER_CONTROL_OPERATOR);
  sign_out (fixture);
}

/* Lists of two logs are no snapshot of either. */
static void
test_log_changes_under_way (Fixture       *fixture,
                            gconstpointer  data)
{
  sign_in (fixture);
  set_log (fixture, "one");
  scripted_server_set_header (fixture->server, "GET /v1/agents", "Handover-Log", "two");
  scripted_server_answer (fixture->server, "GET /v1/events", 410, "{\"code\":\"cursor_expired\",\"detail\":\"Old.\"}");
  scripted_server_drop_stream (fixture->server);
  wait_until (scripted_server_count (fixture->server, "GET /v1/agents") >= 2 &&
              handover_account_get_connection (fixture->account) == HANDOVER_CONNECTION_OFFLINE);
  g_assert_cmpint (get_control (fixture), ==, HANDOVER_CONTROL_WAITING);
  sign_out (fixture);
}

/* A service whose lists never end is not followed for ever. */
static void
test_endless_list (Fixture       *fixture,
                   gconstpointer  data)
{
  sign_in (fixture);
  scripted_server_answer (fixture->server, "GET /v1/agents", 200, "{\"items\":[],\"next_cursor\":\"again\"}");
  scripted_server_answer (fixture->server, "GET /v1/events", 410, "{\"code\":\"cursor_expired\",\"detail\":\"Old.\"}");
  scripted_server_drop_stream (fixture->server);
  wait_until (scripted_server_count (fixture->server, "GET /v1/agents") > 200);
  wait_until (handover_account_get_connection (fixture->account) == HANDOVER_CONNECTION_OFFLINE);
  sign_out (fixture);
}

/* A service that forgets the number it has just given is not asked without pause. */
static void
test_always_expired (Fixture       *fixture,
                     gconstpointer  data)
{
  guint n_joins;

  sign_in (fixture);
  scripted_server_answer (fixture->server, "GET /v1/events", 410, "{\"code\":\"cursor_expired\",\"detail\":\"Old.\"}");
  scripted_server_drop_stream (fixture->server);
  wait_until (scripted_server_count (fixture->server, "GET /v1/events") >= 3);
  wait_until (handover_account_get_connection (fixture->account) == HANDOVER_CONNECTION_OFFLINE);

  n_joins = scripted_server_count (fixture->server, "GET /v1/team");
  g_assert_cmpuint (n_joins, <=, 4);
  sign_out (fixture);
}

static void
test_sign_out (Fixture       *fixture,
               gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  sign_in (fixture);
  wait_until (handover_account_get_remembered (fixture->account));
  sign_out (fixture);

  g_assert_cmpuint (fixture->signed_out, ==, 1);
  g_assert_cmpint (fixture->reason, ==, HANDOVER_SIGN_OUT_ASKED);
  g_assert_cmpstr (scripted_server_get_request (fixture->server, "POST /v1/auth/sign-out", 0)->authorization, ==,
                   "Bearer token-of-kim");
  g_assert_false (has_mirror_files ());
  g_assert_null (restore (&error));
  g_assert_no_error (error);
}

static JsonNode *
claim (Fixture  *fixture,
       GError  **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  handover_actions_claim_async (fixture->account, "conv_1", NULL, scripted_desk_take_result, &result);
  wait_until (result != NULL);

  return handover_actions_finish (result, error);
}

/* An action's answer is mirrored at once; a refusal says why. */
static void
test_actions (Fixture       *fixture,
              gconstpointer  data)
{
  g_autofree char *taken = scripted_desk_conversation ("conv_1", "operator", "op_kim", 3, 4);
  g_autoptr (JsonNode) answer = NULL;
  g_autoptr (GError) error = NULL;

  sign_in (fixture);
  scripted_server_answer (fixture->server, "POST /v1/conversations/conv_1/claim", SCRIPTED_DROP, NULL);
  scripted_server_answer (fixture->server, "POST /v1/conversations/conv_1/claim", 200, taken);
  scripted_server_answer (fixture->server, "POST /v1/conversations/conv_1/claim", 409,
                          "{\"code\":\"already_claimed\",\"detail\":\"Jo took over at 14:02.\"}");
  answer = claim (fixture, &error);
  g_assert_no_error (error);
  g_assert_nonnull (answer);
  wait_until (get_control (fixture) == HANDOVER_CONTROL_OPERATOR);

  g_assert_null (claim (fixture, &error));
  g_assert_error (error, HANDOVER_PROBLEM, HANDOVER_PROBLEM_ALREADY_CLAIMED);
  g_assert_cmpstr (error->message, ==, "Jo took over at 14:02.");
  sign_out (fixture);
}

/* Without a keyring the session is kept until the app quits, and the person is told. */
#define CHANNEL(state, version) \
        "{\"id\":\"ch_1\",\"kind\":\"telegram\",\"name\":\"Shop\",\"handle\":\"@shop\",\"state\":\"" state "\"," \
        "\"created_at\":\"2026-01-02T10:00:00.000Z\",\"version\":" version "}"

/* Channels are mirrored; a token goes to the service, and the answer shows the account. */
static void
test_channels (Fixture       *fixture,
               gconstpointer  data)
{
  const ScriptedRequest *request;
  GListModel *channels;
  g_autoptr (HandoverChannelAccount) channel = NULL;
  g_autoptr (GAsyncResult) connected = NULL;
  g_autoptr (GAsyncResult) attached = NULL;
  g_autoptr (JsonNode) answer = NULL;

  sign_in (fixture);
  channels = handover_mirror_get_channels (handover_account_get_mirror (fixture->account));
  g_assert_cmpuint (g_list_model_get_n_items (channels), ==, 0);

  scripted_server_answer (fixture->server, "POST /v1/channels", 201, CHANNEL ("connected", "1"));
  handover_actions_connect_channel_async (fixture->account, HANDOVER_CHANNEL_KIND_TELEGRAM, "12:AB", NULL, NULL,
                                          scripted_desk_take_result, &connected);
  wait_until (connected != NULL);
  answer = handover_actions_finish (connected, NULL);
  g_assert_nonnull (answer);
  request = scripted_server_get_request (fixture->server, "POST /v1/channels", 0);
  g_assert_cmpstr (request->body, ==, "{\"kind\":\"telegram\",\"token\":\"12:AB\"}");
  g_assert_cmpuint (g_list_model_get_n_items (channels), ==, 1);
  channel = g_list_model_get_item (channels, 0);
  g_assert_cmpstr (channel->handle, ==, "@shop");

  scripted_desk_send (fixture->server, 11, "channel.updated", "channel", CHANNEL ("failing", "2"));
  wait_until (get_cursor (fixture) == 11);
  g_assert_cmpint (channel->state, ==, HANDOVER_CHANNEL_STATE_FAILING);

  scripted_server_answer (fixture->server, "PATCH /v1/channels/ch_1", 200, CHANNEL ("failing", "3"));
  handover_actions_attach_agent_async (fixture->account, "ch_1", NULL, NULL, scripted_desk_take_result, &attached);
  wait_until (attached != NULL);
  request = scripted_server_get_request (fixture->server, "PATCH /v1/channels/ch_1", 0);
  g_assert_cmpstr (request->body, ==, "{\"agent_id\":null}");
  sign_out (fixture);
}

static void
test_no_keyring (void)
{
  Fixture fixture = { NULL };

  if (g_test_subprocess ())
    {
      set_up (&fixture, NULL);
      sign_in (&fixture);
      wait_until (!handover_account_get_remembered (fixture.account));
      g_assert_true (handover_account_get_signed_in (fixture.account));
      g_assert_null (restore (NULL));
      tear_down (&fixture, NULL);
      return;
    }

  g_auto (GStrv) environment = g_environ_unsetenv (g_get_environ (), "SECRET_BACKEND");

  g_test_trap_subprocess_with_envp (NULL, (const char *const *) environment, 30 * G_USEC_PER_SEC,
                                    G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_passed ();
}

static void
add (const char *name,
     void      (*test) (Fixture *, gconstpointer))
{
  g_autofree char *path = g_strconcat ("/client/account/", name, NULL);

  g_test_add (path, Fixture, NULL, set_up, test, tear_down);
}

int
main (int   argc,
      char *argv[])
{
  g_autofree char *folder = NULL;
  g_autofree char *keyring = NULL;
  int status;

  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  folder = g_dir_make_tmp ("handover-keyring-XXXXXX", NULL);
  keyring = g_build_filename (folder, "keyring", NULL);
  g_setenv ("SECRET_FILE_TEST_PATH", keyring, TRUE);

  add ("join", test_join);
  add ("events", test_events);
  add ("wrong-password", test_wrong_password);
  add ("bad-address", test_bad_address);
  add ("other-ways-in", test_other_ways_in);
  add ("restore", test_restore);
  add ("revoked", test_revoked);
  add ("expired", test_expired);
  add ("endless-list", test_endless_list);
  add ("always-expired", test_always_expired);
  add ("other-log", test_other_log);
  add ("log-changes-under-way", test_log_changes_under_way);
  add ("sign-out", test_sign_out);
  add ("actions", test_actions);
  add ("channels", test_channels);
  g_test_add_func ("/client/account/no-keyring", test_no_keyring);

  status = g_test_run ();
  g_remove (keyring);
  g_rmdir (folder);

  return status;
}
