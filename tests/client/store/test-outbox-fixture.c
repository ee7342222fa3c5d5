/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "test-outbox-fixture.h"

#include "client/store/handover-file-folder.h"
#include "client/store/handover-mirror-private.h"
#include "client/store/handover-outbox-private.h"

static void
returned_cb (HandoverOutbox *outbox,
             const char     *conversation_id,
             guint           kind,
             const char     *text,
             const char     *reason,
             OutboxFixture  *fixture)
{
  g_string_append_printf (fixture->returned, "%s|%s%s|%s;", conversation_id, kind == HANDOVER_DRAFT_NOTE ? "note " : "",
                          text, reason != NULL ? reason : "-");
}

static void
open_outbox (OutboxFixture *fixture)
{
  g_autoptr (GError) error = NULL;

  fixture->outbox = handover_outbox_new (fixture->mirror.mirror, &error);
  g_assert_no_error (error);
  g_signal_connect (fixture->outbox, "returned", G_CALLBACK (returned_cb), fixture);
  fixture->transcript = handover_mirror_get_transcript (fixture->mirror.mirror, "a");
  mirror_fixture_settle (&fixture->mirror);
}

static void
close_outbox (OutboxFixture *fixture)
{
  mirror_fixture_settle (&fixture->mirror);
  g_clear_object (&fixture->transcript);
  g_object_run_dispose (G_OBJECT (fixture->outbox));
  while (test_gateway_get_waiting (fixture->mirror.gateway) > 0)
    test_gateway_refuse (fixture->mirror.gateway, HANDOVER_PROBLEM_UNREACHABLE);
  mirror_fixture_settle (&fixture->mirror);
  g_assert_finalize_object (fixture->outbox);
}

void
outbox_fixture_set_up (OutboxFixture *fixture,
                       gconstpointer  data)
{
  mirror_fixture_set_up (&fixture->mirror, data);
  fixture->returned = g_string_new (NULL);
  mirror_fixture_apply (&fixture->mirror, "conversation.created",
                        test_conversation ("a", "operator", TEST_ME, 1, 1));
  open_outbox (fixture);
}

void
outbox_fixture_tear_down (OutboxFixture *fixture,
                          gconstpointer  data)
{
  g_autofree char *folder = handover_mirror_dup_folder (fixture->mirror.mirror);

  close_outbox (fixture);
  g_assert_true (handover_file_folder_remove (folder, NULL));
  g_string_free (fixture->returned, TRUE);
  mirror_fixture_tear_down (&fixture->mirror, data);
}

void
outbox_fixture_restart (OutboxFixture *fixture)
{
  close_outbox (fixture);
  mirror_fixture_close (&fixture->mirror);
  mirror_fixture_open (&fixture->mirror);
  open_outbox (fixture);
}

void
outbox_fixture_go_online (OutboxFixture *fixture)
{
  handover_outbox_set_gateway (fixture->outbox, HANDOVER_GATEWAY (fixture->mirror.gateway));
  handover_outbox_set_online (fixture->outbox, TRUE);
}

void
outbox_fixture_reply (OutboxFixture *fixture,
                      const char *text,
                      gint64      epoch)
{
  g_autofree char *id = handover_outbox_reply (fixture->outbox, "a", text, epoch);

  g_assert_nonnull (id);
}

void
outbox_fixture_note (OutboxFixture *fixture,
                     const char *text)
{
  g_autofree char *id = handover_outbox_note (fixture->outbox, "a", text);

  g_assert_nonnull (id);
}

void
outbox_fixture_assert_waiting (OutboxFixture *fixture,
                               const char *text)
{
  test_gateway_wait (fixture->mirror.gateway, 1);
  g_assert_cmpstr (json_object_get_string_member (test_gateway_get_body (fixture->mirror.gateway), "text"), ==, text);
}

/* The service takes the text that waits, and makes it the message @id. */
void
outbox_fixture_accept (OutboxFixture *fixture,
                       const char *id,
                       const char *text)
{
  g_autoptr (HandoverMessage) message = test_message ("a", id, "operator", text, 1);
  g_autofree char *body = handover_record_to_data (HANDOVER_RECORD (message));

  test_gateway_answer (fixture->mirror.gateway, body, 0);
  mirror_fixture_settle (&fixture->mirror);
}

void
outbox_fixture_apply (OutboxFixture *fixture,
                      const char *control,
                      const char *holder,
                      gint64      version)
{
  mirror_fixture_apply (&fixture->mirror, "control.changed", test_conversation ("a", control, holder, 1, version));
  mirror_fixture_settle (&fixture->mirror);
}

void
outbox_fixture_assert_transcript (OutboxFixture *fixture,
                                  const char *expected)
{
  test_assert_ids (G_LIST_MODEL (fixture->transcript), expected);
}

void
outbox_fixture_assert_drafts (OutboxFixture *fixture,
                              const char *reply,
                              const char *note)
{
  g_assert_cmpstr (handover_outbox_get_draft (fixture->outbox, "a", HANDOVER_DRAFT_REPLY), ==, reply);
  g_assert_cmpstr (handover_outbox_get_draft (fixture->outbox, "a", HANDOVER_DRAFT_NOTE), ==, note);
}
