/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "config.h"

#include <dlfcn.h>
#include <glib/gstdio.h>
#include <string.h>

#include "app/notifications/handover-alert-file.h"
#include "app/notifications/handover-notifier.h"
#include "app/notifications/notification-recorder.h"
#include "client/scripted-desk.h"
#include "client/store/handover-mirror.h"

typedef struct
{
  NotificationRecorder *recorder;
  ScriptedServer *server;
  HandoverAccount *account;
  HandoverNotifier *notifier;
  GString *chosen;
  int sequence;
} Fixture;

/* How often somebody waited until the alerts were on the disk. */
static int n_alert_syncs;

/* In place of the one that the libraries would call. */
int
fsync (int descriptor)
{
  int (*real_fsync) (int) = dlsym (RTLD_NEXT, "fsync");
  g_autofree char *link = g_strdup_printf ("/proc/self/fd/%d", descriptor);
  g_autofree char *path = g_file_read_link (link, NULL);

  if (path != NULL && strstr (path, "/" APP_ID "/alerts") != NULL)
    g_atomic_int_inc (&n_alert_syncs);
  return real_fsync (descriptor);
}

static void
take_over_cb (Fixture    *fixture,
              const char *conversation_id,
              const char *token)
{
  g_string_append_printf (fixture->chosen, "[take-over %s %s]", conversation_id, token);
}

static void
open_cb (Fixture    *fixture,
         const char *conversation_id,
         const char *token)
{
  g_string_append_printf (fixture->chosen, "[open %s %s]", conversation_id != NULL ? conversation_id : "-",
                          token != NULL ? token : "-");
}

static void
start_notifier (Fixture *fixture)
{
  fixture->notifier = handover_notifier_new ();
  g_signal_connect_swapped (fixture->notifier, "take-over", G_CALLBACK (take_over_cb), fixture);
  g_signal_connect_swapped (fixture->notifier, "open", G_CALLBACK (open_cb), fixture);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->recorder = notification_recorder_new ();
  fixture->chosen = g_string_new (NULL);
  fixture->sequence = 10;
  fixture->server = scripted_server_new ();
  scripted_desk_open (fixture->server);
  scripted_server_answer (fixture->server, "POST /v1/alerts/esc_conv_1", 204, NULL);
  scripted_server_answer (fixture->server, "POST /v1/alerts/esc_conv_2", 204, NULL);
  scripted_server_answer (fixture->server, "POST /v1/alerts/esc_conv_3", 204, NULL);
  fixture->account = scripted_desk_sign_in (fixture->server);
  wait_until (handover_account_get_connection (fixture->account) == HANDOVER_CONNECTION_CONNECTED);
  start_notifier (fixture);
  handover_notifier_set_account (fixture->notifier, fixture->account);
}

/* A call of libnotify waits for the recorder: it has to be at work while the notifier's thread ends. */
static gpointer
drop_notifier (gpointer data)
{
  Fixture *fixture = data;

  g_object_unref (fixture->notifier);
  g_atomic_pointer_set (&fixture->notifier, NULL);

  return NULL;
}

static void
stop_notifier (Fixture *fixture)
{
  GThread *thread;

  handover_notifier_set_account (fixture->notifier, NULL);
  thread = g_thread_new ("drop", drop_notifier, fixture);
  wait_until (g_atomic_pointer_get (&fixture->notifier) == NULL);
  g_thread_join (thread);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  if (fixture->notifier != NULL)
    stop_notifier (fixture);
  g_clear_object (&fixture->account);
  scripted_server_free (fixture->server);
  notification_recorder_free (fixture->recorder);
  g_string_free (fixture->chosen, TRUE);
}

static void
send_conversation_with (Fixture    *fixture,
                        const char *id,
                        const char *control,
                        const char *holder_id,
                        const char *priority)
{
  int sequence = ++fixture->sequence;
  g_autofree char *urgent = scripted_desk_conversation (id, control, holder_id, sequence, sequence);
  g_autoptr (GString) conversation = g_string_new (urgent);

  g_string_replace (conversation, "urgent", priority, 0);
  scripted_desk_send (fixture->server, sequence, "control.changed", "conversation", conversation->str);
}

static void
send_conversation (Fixture    *fixture,
                   const char *id,
                   const char *control,
                   const char *holder_id)
{
  send_conversation_with (fixture, id, control, holder_id, "urgent");
}

static void
escalate_with (Fixture    *fixture,
               const char *id,
               const char *priority)
{
  g_autofree char *escalation = NULL;

  escalation = g_strdup_printf ("{\"id\":\"esc_%s\",\"conversation_id\":\"%s\",\"trigger\":\"knowledge_gap\","
                                "\"summary\":\"Wants to return <jeans>\",\"priority\":\"%s\","
                                "\"opened_at\":\"2026-01-02T10:00:00.000Z\",\"receipt\":\"queued\"}",
                                id, id, priority);
  scripted_desk_send (fixture->server, ++fixture->sequence, "escalation.opened", "escalation", escalation);
  send_conversation_with (fixture, id, "waiting", NULL, priority);
}

static void
escalate (Fixture    *fixture,
          const char *id)
{
  escalate_with (fixture, id, "urgent");
}

/* Waits until everything that was sent has reached the mirror, and the alerts' thread has answered once more. */
static void
settle (Fixture *fixture)
{
  guint count = notification_recorder_count (fixture->recorder);

  wait_until (handover_mirror_get_cursor (handover_account_get_mirror (fixture->account)) == fixture->sequence);
  handover_notifier_send_test (fixture->notifier);
  wait_until (notification_recorder_count (fixture->recorder) > count &&
              g_str_equal (notification_recorder_get (fixture->recorder,
                                                      notification_recorder_count (fixture->recorder) - 1)->title,
                           "Notifications work"));
}

static void
test_shown (Fixture       *fixture,
            gconstpointer  data)
{
  RecordedNotification *shown;
  const char *entry, *sound;
  guint8 urgency;

  escalate (fixture, "conv_2");
  wait_until (notification_recorder_count (fixture->recorder) == 1);
  shown = notification_recorder_get (fixture->recorder, 0);

  g_assert_cmpstr (shown->title, ==, "Crystal Minh needs a person");
  g_assert_cmpstr (shown->body, ==, "Wants to return &lt;jeans&gt;\nOrder 3348917502");
  g_assert_true (g_strv_contains ((const char *const *) shown->actions, "default"));
  g_assert_true (g_strv_contains ((const char *const *) shown->actions, "Take Over"));
  g_assert_true (g_strv_contains ((const char *const *) shown->actions, "Open"));
  g_assert_true (g_variant_lookup (shown->hints, "urgency", "y", &urgency));
  g_assert_cmpuint (urgency, ==, 2);
  g_assert_true (g_variant_lookup (shown->hints, "desktop-entry", "&s", &entry));
  g_assert_cmpstr (entry, ==, APP_ID);
  g_assert_true (g_variant_lookup (shown->hints, "sound-name", "&s", &sound));
  g_assert_cmpstr (sound, ==, "message-new-instant");
  g_assert_false (handover_notifier_get_refused (fixture->notifier));
}

/* A disk that has much to do keeps nobody from being told. */
static void
test_waits_for_no_disk (Fixture       *fixture,
                        gconstpointer  data)
{
  escalate (fixture, "conv_2");
  escalate (fixture, "conv_3");
  wait_until (notification_recorder_open (fixture->recorder) == 2);
  stop_notifier (fixture);
  g_assert_cmpint (g_atomic_int_get (&n_alert_syncs), ==, 0);
}

static void
test_silent (Fixture       *fixture,
             gconstpointer  data)
{
  handover_notifier_set_sound (fixture->notifier, FALSE);
  escalate (fixture, "conv_2");
  wait_until (notification_recorder_count (fixture->recorder) == 1);
  g_assert_false (g_variant_lookup (notification_recorder_get (fixture->recorder, 0)->hints, "sound-name", "&s", NULL));
}

static void
test_actions (Fixture       *fixture,
              gconstpointer  data)
{
  RecordedNotification *shown;

  escalate (fixture, "conv_2");
  wait_until (notification_recorder_count (fixture->recorder) == 1);
  shown = notification_recorder_get (fixture->recorder, 0);

  notification_recorder_invoke (fixture->recorder, shown->id, "take-over", "token-1");
  wait_until (fixture->chosen->len > 0);
  g_assert_cmpstr (fixture->chosen->str, ==, "[take-over conv_2 token-1]");

  g_string_truncate (fixture->chosen, 0);
  notification_recorder_invoke (fixture->recorder, shown->id, "open", "token-2");
  wait_until (fixture->chosen->len > 0);
  g_assert_cmpstr (fixture->chosen->str, ==, "[open conv_2 token-2]");
}

/* Within a second of a colleague's click. */
static void
test_withdrawn (Fixture       *fixture,
                gconstpointer  data)
{
  gint64 start;

  escalate (fixture, "conv_2");
  wait_until (notification_recorder_open (fixture->recorder) == 1);
  start = g_get_monotonic_time ();
  send_conversation (fixture, "conv_2", "operator", "op_jo");
  wait_until (notification_recorder_open (fixture->recorder) == 0);
  g_assert_cmpint (g_get_monotonic_time () - start, <, G_USEC_PER_SEC);
}

static void
test_in_front (Fixture       *fixture,
               gconstpointer  data)
{
  handover_notifier_set_in_front (fixture->notifier, "conv_2");
  escalate (fixture, "conv_2");
  settle (fixture);
  g_assert_cmpuint (notification_recorder_count (fixture->recorder), ==, 1);

  escalate (fixture, "conv_3");
  wait_until (notification_recorder_count (fixture->recorder) == 2);
  handover_notifier_set_in_front (fixture->notifier, "conv_3");
  wait_until (notification_recorder_get (fixture->recorder, 1)->closed);
}

/* Taken before anybody could be told: nothing is shown, or only for a moment. */
static void
test_already_taken (Fixture       *fixture,
                    gconstpointer  data)
{
  escalate (fixture, "conv_2");
  send_conversation (fixture, "conv_2", "operator", "op_jo");
  settle (fixture);
  wait_until (notification_recorder_open (fixture->recorder) == 1);
}

static void
test_released (Fixture       *fixture,
               gconstpointer  data)
{
  /* By oneself: no news. */
  send_conversation (fixture, "conv_1", "operator", "op_kim");
  send_conversation (fixture, "conv_1", "waiting", NULL);
  settle (fixture);
  g_assert_cmpuint (notification_recorder_count (fixture->recorder), ==, 1);

  /* By a colleague: somebody has to take it. */
  send_conversation (fixture, "conv_1", "operator", "op_jo");
  send_conversation (fixture, "conv_1", "waiting", NULL);
  wait_until (notification_recorder_count (fixture->recorder) == 2);
  g_assert_cmpstr (notification_recorder_get (fixture->recorder, 1)->title, ==, "Crystal Minh needs a person");
}

static void
test_disabled (Fixture       *fixture,
               gconstpointer  data)
{
  escalate (fixture, "conv_2");
  wait_until (notification_recorder_open (fixture->recorder) == 1);
  handover_notifier_set_enabled (fixture->notifier, FALSE);
  wait_until (notification_recorder_open (fixture->recorder) == 0);

  escalate (fixture, "conv_3");
  settle (fixture);
  g_assert_cmpuint (notification_recorder_count (fixture->recorder), ==, 2);
}

static void
test_quit (Fixture       *fixture,
           gconstpointer  data)
{
  escalate (fixture, "conv_2");
  wait_until (notification_recorder_open (fixture->recorder) == 1);
  stop_notifier (fixture);
  g_assert_cmpuint (notification_recorder_open (fixture->recorder), ==, 0);
}

/* An earlier run ended badly while two alerts were shown. */
static void
test_leftovers (Fixture       *fixture,
                gconstpointer  data)
{
  g_autofree char *path = g_build_filename (g_get_user_state_dir (), APP_ID, "alerts", NULL);
  g_autoptr (HandoverAlertFile) file = NULL;
  g_autoptr (HandoverAlertFile) after = NULL;
  g_auto (GStrv) keys = NULL;

  stop_notifier (fixture);
  file = handover_alert_file_open (path);
  handover_alert_file_set (file, "conv_8", 41);
  handover_alert_file_set (file, "conv_9", 42);

  start_notifier (fixture);
  wait_until (handover_notifier_get_last_alert (fixture->notifier) != NULL);
  g_assert_cmpstr (handover_notifier_get_last_alert (fixture->notifier), ==, "conv_9");
  g_assert_true (notification_recorder_closed (fixture->recorder, 41));
  g_assert_true (notification_recorder_closed (fixture->recorder, 42));

  after = handover_alert_file_open (path);
  keys = handover_alert_file_get_keys (after);
  g_assert_cmpuint (g_strv_length (keys), ==, 0);
}

static void
test_refused (Fixture       *fixture,
              gconstpointer  data)
{
  stop_notifier (fixture);
  notification_recorder_free (fixture->recorder);
  start_notifier (fixture);
  wait_until (handover_notifier_get_refused (fixture->notifier));

  fixture->recorder = notification_recorder_new ();
  handover_notifier_send_test (fixture->notifier);
  wait_until (!handover_notifier_get_refused (fixture->notifier));
  notification_recorder_invoke (fixture->recorder, notification_recorder_get (fixture->recorder, 0)->id, "default",
                                NULL);
  wait_until (fixture->chosen->len > 0);
  g_assert_cmpstr (fixture->chosen->str, ==, "[open - -]");
}

/* What the service was told of an alert, in order. */
static void
assert_reports (Fixture    *fixture,
                const char *call,
                const char *expected)
{
  g_auto (GStrv) states = g_strsplit (expected, " ", -1);

  wait_until (scripted_server_count (fixture->server, call) >= g_strv_length (states));
  for (guint i = 0; states[i] != NULL; i++)
    {
      g_autofree char *body = g_strdup_printf ("{\"state\":\"%s\"}", states[i]);

      g_assert_cmpstr (scripted_server_get_request (fixture->server, call, i)->body, ==, body);
    }
}

static void
test_reports (Fixture       *fixture,
              gconstpointer  data)
{
  escalate (fixture, "conv_2");
  wait_until (notification_recorder_open (fixture->recorder) == 1);
  assert_reports (fixture, "POST /v1/alerts/esc_conv_2", "shown");
  notification_recorder_invoke (fixture->recorder, notification_recorder_get (fixture->recorder, 0)->id, "take-over",
                                "token-1");
  assert_reports (fixture, "POST /v1/alerts/esc_conv_2", "shown acted");

  /* On screen already: read, and never shown. */
  handover_notifier_set_in_front (fixture->notifier, "conv_3");
  escalate (fixture, "conv_3");
  assert_reports (fixture, "POST /v1/alerts/esc_conv_3", "read");
  settle (fixture);
  g_assert_cmpuint (scripted_server_count (fixture->server, "POST /v1/alerts/esc_conv_3"), ==, 1);

  handover_notifier_set_in_front (fixture->notifier, "conv_2");
  assert_reports (fixture, "POST /v1/alerts/esc_conv_2", "shown acted read");
  g_assert_cmpuint (scripted_server_count (fixture->server, "POST /v1/alerts/esc_conv_2"), ==, 3);
}

static void
test_repeated (Fixture       *fixture,
               gconstpointer  data)
{
  RecordedNotification *first;
  RecordedNotification *second;
  guint8 urgency;
  guint count;

  handover_notifier_set_repeat_milliseconds (fixture->notifier, 20);
  escalate_with (fixture, "conv_2", "normal");
  wait_until (notification_recorder_count (fixture->recorder) >= 2);

  /* In its own place, and louder than it was. */
  first = notification_recorder_get (fixture->recorder, 0);
  second = notification_recorder_get (fixture->recorder, 1);
  g_assert_cmpuint (second->replaces, ==, first->id);
  g_assert_true (g_variant_lookup (first->hints, "urgency", "y", &urgency));
  g_assert_cmpuint (urgency, ==, 1);
  g_assert_true (g_variant_lookup (second->hints, "urgency", "y", &urgency));
  g_assert_cmpuint (urgency, ==, 2);
  assert_reports (fixture, "POST /v1/alerts/esc_conv_2", "shown missed");

  /* Nobody waits any more: silence. */
  send_conversation (fixture, "conv_2", "operator", "op_jo");
  settle (fixture);
  count = notification_recorder_count (fixture->recorder);
  settle (fixture);
  g_assert_cmpuint (notification_recorder_count (fixture->recorder), ==, count + 1);
}

/* Looked at, and left: the customer still waits. */
static void
test_left_alone (Fixture       *fixture,
                 gconstpointer  data)
{
  handover_notifier_set_repeat_milliseconds (fixture->notifier, 20);
  handover_notifier_set_in_front (fixture->notifier, "conv_2");
  escalate (fixture, "conv_2");
  settle (fixture);
  settle (fixture);
  g_assert_cmpuint (notification_recorder_count (fixture->recorder), ==, 2);

  handover_notifier_set_in_front (fixture->notifier, NULL);
  wait_until (notification_recorder_count (fixture->recorder) > 2);
  g_assert_cmpstr (notification_recorder_get (fixture->recorder, 2)->title, ==, "Crystal Minh needs a person");

  handover_notifier_set_in_front (fixture->notifier, "conv_2");
  wait_until (notification_recorder_open (fixture->recorder) == 1);
}

static void
add (const char *name,
     void      (*test) (Fixture *, gconstpointer))
{
  g_autofree char *path = g_strconcat ("/app/notifier/", name, NULL);

  g_test_add (path, Fixture, NULL, set_up, test, tear_down);
}

int
main (int   argc,
      char *argv[])
{
  GTestDBus *bus;
  g_autofree char *folder = g_dir_make_tmp ("handover-keyring-XXXXXX", NULL);
  g_autofree char *keyring = g_build_filename (folder, "keyring", NULL);
  int status;

  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_setenv ("SECRET_FILE_TEST_PATH", keyring, TRUE);
  bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_test_dbus_up (bus);

  add ("shown", test_shown);
  add ("waits-for-no-disk", test_waits_for_no_disk);
  add ("silent", test_silent);
  add ("actions", test_actions);
  add ("withdrawn", test_withdrawn);
  add ("in-front", test_in_front);
  add ("already-taken", test_already_taken);
  add ("released", test_released);
  add ("disabled", test_disabled);
  add ("reports", test_reports);
  add ("repeated", test_repeated);
  add ("left-alone", test_left_alone);
  add ("quit", test_quit);
  add ("leftovers", test_leftovers);
  add ("refused", test_refused);

  status = g_test_run ();
  g_test_dbus_stop (bus);
  g_object_unref (bus);
  g_remove (keyring);
  g_rmdir (folder);

  return status;
}
