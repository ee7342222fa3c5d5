/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "desk-fixture.h"

#include "service/store/handover-store-idempotency.h"
#include "service/store/handover-store-keys.h"
#include "service/store/handover-store-sessions.h"

#define DAY (G_GINT64_CONSTANT (24) * 3600 * 1000)
#define NOW (G_GINT64_CONSTANT (20000) * DAY)

static HandoverPrincipal
find (DeskFixture *self,
      GBytes      *hash,
      gint64       now)
{
  HandoverPrincipal principal = { 0 };
  g_autoptr (GError) error = NULL;

  g_assert_true (handover_store_find_session (self->store, hash, now, &principal, &error));
  g_assert_no_error (error);
  return principal;
}

static void
test_idle (DeskFixture   *self,
           gconstpointer  data)
{
  g_autoptr (GBytes) hash = g_bytes_new_static ("one hash of a token", 19);
  g_autoptr (GBytes) other = g_bytes_new_static ("the hash of another", 19);
  HandoverPrincipal principal;
  g_autoptr (GError) error = NULL;

  g_assert_true (handover_store_add_session (self->store, SHOP, self->kim->id, hash, "Laptop", NOW, &error));
  principal = find (self, other, NOW);
  g_assert_cmpint (principal.kind, ==, HANDOVER_PRINCIPAL_NONE);

  principal = find (self, hash, NOW);
  g_assert_cmpint (principal.kind, ==, HANDOVER_PRINCIPAL_OPERATOR);
  g_assert_cmpstr (principal.business_id, ==, SHOP);
  g_assert_cmpstr (principal.id, ==, self->kim->id);
  g_assert_false (principal.stale);
  handover_principal_clear (&principal);

  principal = find (self, hash, NOW + 30 * DAY);
  g_assert_true (principal.stale);
  g_assert_true (handover_store_touch_session (self->store, &principal, NOW + 30 * DAY, &error));
  handover_principal_clear (&principal);
  principal = find (self, hash, NOW + 59 * DAY);
  g_assert_cmpint (principal.kind, ==, HANDOVER_PRINCIPAL_OPERATOR);
  handover_principal_clear (&principal);
  principal = find (self, hash, NOW + 60 * DAY + 1);
  g_assert_cmpint (principal.kind, ==, HANDOVER_PRINCIPAL_NONE);
}

/* Many calls of one agent may find at the same time that it was not heard of for long. */
static void
test_agent_seen_once (DeskFixture   *self,
                      gconstpointer  data)
{
  HandoverPrincipal principal = { .kind = HANDOVER_PRINCIPAL_AGENT, .business_id = (char *) SHOP, .id = (char *) BOT };
  g_autoptr (GError) error = NULL;
  gint64 before;
  gint64 after;

  g_assert_true (handover_store_get_sequence (self->store, SHOP, &before, &error));
  for (guint i = 0; i < 5; i++)
    g_assert_true (handover_store_touch_key (self->store, &principal, NOW + i, &error));
  g_assert_true (handover_store_get_sequence (self->store, SHOP, &after, &error));
  g_assert_cmpint (after - before, ==, 1);

  g_assert_true (handover_store_touch_key (self->store, &principal, NOW + 61 * 1000, &error));
  g_assert_true (handover_store_get_sequence (self->store, SHOP, &after, &error));
  g_assert_cmpint (after - before, ==, 2);
}

static void
test_answers (DeskFixture   *self,
              gconstpointer  data)
{
  g_autoptr (GBytes) hash = g_bytes_new_static ("a body", 6);
  HandoverRepeat repeat = { SHOP, "op", "POST /v1/agents", "key", hash };
  HandoverRepeat other_caller = { SHOP, "other", "POST /v1/agents", "key", hash };
  HandoverRepeat other_route = { SHOP, "op", "POST /v1/templates", "key", hash };
  g_autofree char *body = NULL;
  g_autoptr (GError) error = NULL;
  guint status;

  g_assert_true (handover_store_keep_answer (self->store, &repeat, NOW, 201, "{}", &error));
  g_assert_true (handover_store_find_answer (self->store, &repeat, NOW + 6 * DAY, &status, &body, &error));
  g_assert_cmpuint (status, ==, 201);
  g_assert_cmpstr (body, ==, "{}");
  g_clear_pointer (&body, g_free);

  g_assert_true (handover_store_find_answer (self->store, &other_caller, NOW, &status, &body, &error));
  g_assert_cmpuint (status, ==, 0);
  g_assert_true (handover_store_find_answer (self->store, &other_route, NOW, &status, &body, &error));
  g_assert_cmpuint (status, ==, 0);
  g_assert_true (handover_store_find_answer (self->store, &repeat, NOW + 7 * DAY, &status, &body, &error));
  g_assert_cmpuint (status, ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/sessions/idle", DeskFixture, NULL, desk_fixture_set_up, test_idle, desk_fixture_tear_down);
  g_test_add ("/sessions/agent-seen-once", DeskFixture, NULL, desk_fixture_set_up, test_agent_seen_once,
              desk_fixture_tear_down);
  g_test_add ("/sessions/answers", DeskFixture, NULL, desk_fixture_set_up, test_answers, desk_fixture_tear_down);

  return g_test_run ();
}
