/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "client/scripted-desk.h"

static void
answer_list (ScriptedServer *server,
             const char     *call,
             const char     *sequence,
             const char     *items)
{
  g_autofree char *body = g_strdup_printf ("{\"items\":[%s],\"next_cursor\":null}", items);

  scripted_server_answer (server, call, 200, body);
  scripted_server_set_header (server, call, "Handover-Sequence", sequence);
}

void
scripted_desk_open (ScriptedServer *server)
{
  const char *const views[] = { "mine", "team", "agent", "closed" };
  g_autofree char *waiting = scripted_desk_conversation ("conv_1", "waiting", NULL, 2, 3);
  g_autofree char *session = g_strdup_printf ("{\"token\":\"token-of-kim\",\"operator\":%s,\"business\":%s}",
                                              SCRIPTED_KIM, SCRIPTED_SHOP);

  scripted_server_answer (server, "POST /v1/auth/sign-in", 200, session);
  scripted_server_answer (server, "POST /v1/auth/sign-out", 204, NULL);
  scripted_server_answer (server, "GET /v1/business", 200, SCRIPTED_SHOP);
  scripted_server_set_header (server, "GET /v1/business", "Handover-Sequence", "14");
  scripted_server_answer (server, "GET /v1/me", 200, SCRIPTED_KIM);
  scripted_server_set_header (server, "GET /v1/me", "Handover-Sequence", "14");
  answer_list (server, "GET /v1/team", "13", SCRIPTED_KIM);
  answer_list (server, "GET /v1/agents", "12", "");
  answer_list (server, "GET /v1/channels", "12", "");
  answer_list (server, "GET /v1/templates", "12", "");
  answer_list (server, "GET /v1/conversations?limit=200&view=waiting", "10", waiting);
  for (gsize i = 0; i < G_N_ELEMENTS (views); i++)
    {
      g_autofree char *call = g_strconcat ("GET /v1/conversations?limit=200&view=", views[i], NULL);

      answer_list (server, call, "11", "");
    }
}

/* A conversation that somebody answers, or waits for somebody who does, has an open escalation. */
char *
scripted_desk_conversation (const char *id,
                            const char *control,
                            const char *holder_id,
                            int         epoch,
                            int         version)
{
  gboolean open = g_str_equal (control, "waiting") || g_str_equal (control, "operator");
  g_autofree char *escalation = NULL;
  g_autofree char *holder = NULL;

  escalation = open ? g_strdup_printf ("\"escalation\":{\"id\":\"esc_%s\",\"conversation_id\":\"%s\","
                                       "\"trigger\":\"knowledge_gap\",\"summary\":\"Wants to return <jeans>\","
                                       "\"priority\":\"urgent\",\"opened_at\":\"2026-01-02T10:00:00.000Z\","
                                       "\"receipt\":\"queued\"},\"waiting_since\":\"2026-01-02T10:00:00.000Z\",", id, id)
                    : g_strdup ("");
  holder = holder_id != NULL ? g_strdup_printf ("\"holder\":{\"id\":\"%s\",\"name\":\"Somebody\"},", holder_id)
                             : g_strdup ("");

  return g_strdup_printf ("{\"id\":\"%s\",\"channel\":{\"kind\":\"api\"},\"agent_id\":\"agent_1\","
                          "\"customer\":{\"id\":\"cus_1\",\"name\":\"Crystal Minh\"},\"control\":\"%s\","
                          "\"epoch\":%d,%s%s\"metadata\":{\"order_number\":\"3348917502\"},\"unread_count\":1,"
                          "\"created_at\":\"2026-01-02T09:00:00.000Z\",\"updated_at\":\"2026-01-02T10:00:00.000Z\","
                          "\"version\":%d}",
                          id, control, epoch, escalation, holder, version);
}

void
scripted_desk_send (ScriptedServer *server,
                    int             sequence,
                    const char     *kind,
                    const char     *member,
                    const char     *object)
{
  g_autofree char *event = g_strdup_printf ("id: %d\nevent: %s\ndata: {\"sequence\":%d,\"kind\":\"%s\","
                                            "\"at\":\"2026-01-02T10:00:00.000Z\",\"%s\":%s}\n\n",
                                            sequence, kind, sequence, kind, member, object);

  scripted_server_send (server, event);
}

void
scripted_desk_take_result (GObject      *object,
                           GAsyncResult *result,
                           gpointer      user_data)
{
  g_set_object ((GAsyncResult **) user_data, result);
}

HandoverAccount *
scripted_desk_sign_in (ScriptedServer *server)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  HandoverAccount *account;

  handover_account_sign_in_async (scripted_server_get_address (server), "kim@example.com", "a long password", NULL,
                                  scripted_desk_take_result, &result);
  wait_until (result != NULL);
  account = handover_account_open_finish (result, &error);
  g_assert_no_error (error);
  g_assert_true (HANDOVER_IS_ACCOUNT (account));

  return account;
}
