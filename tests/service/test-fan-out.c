/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "service/streams/handover-fan-out.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define PAGE 5
#define PATIENCE (30 * G_TIME_SPAN_SECOND)

/* A log in memory, of which pages are handed out at once on the fan-out's own thread. */
typedef struct
{
  GMutex lock;
  GPtrArray *lines;
  HandoverFanOut *fan_out;
} Log;

static void
fetch (guint64                  stream,
       const HandoverPrincipal *principal,
       gint64                   after,
       gpointer                 data)
{
  Log *log = data;
  g_autoptr (GPtrArray) page = g_ptr_array_new_with_free_func ((GDestroyNotify) handover_log_line_unref);
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&log->lock);
  gint64 end;

  for (guint i = after; i < log->lines->len && page->len < PAGE; i++)
    g_ptr_array_add (page, handover_log_line_ref (g_ptr_array_index (log->lines, i)));

  end = page->len == PAGE ? after + PAGE : (gint64) log->lines->len;
  handover_fan_out_deliver (log->fan_out, stream, page, end, page->len == PAGE);
}

static Log *
log_new (guint heartbeat)
{
  Log *log = g_new0 (Log, 1);
  HandoverFanOutOptions options = { heartbeat, fetch, log };

  g_mutex_init (&log->lock);
  log->lines = g_ptr_array_new_with_free_func ((GDestroyNotify) handover_log_line_unref);
  log->fan_out = handover_fan_out_new (&options, NULL);
  g_assert_nonnull (log->fan_out);
  return log;
}

static void
log_free (Log *log)
{
  handover_fan_out_free (log->fan_out);
  g_ptr_array_unref (log->lines);
  g_mutex_clear (&log->lock);
  g_free (log);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Log, log_free)

static void
publish_for (Log        *log,
             const char *operator_id,
             const char *agent_id,
             gsize       size)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func ((GDestroyNotify) handover_log_line_unref);
  HandoverLogLine *line = handover_log_line_new ();
  char *data = g_strnfill (size, 'x');

  line->business_id = g_strdup ("bu");
  line->kind = g_strdup ("message.created");
  line->operator_id = g_strdup (operator_id);
  line->agent_id = g_strdup (agent_id);
  line->data = g_bytes_new_take (data, size);
  g_mutex_lock (&log->lock);
  line->sequence = log->lines->len + 1;
  g_ptr_array_add (log->lines, handover_log_line_ref (line));
  g_mutex_unlock (&log->lock);
  g_ptr_array_add (lines, line);
  handover_fan_out_publish (log->fan_out, lines);
}

static void
publish (Log *log,
         guint n)
{
  for (guint i = 0; i < n; i++)
    publish_for (log, NULL, NULL, 10);
}

/* Opens a stream and gives the reader's end. */
static int
open_stream (Log                   *log,
             HandoverPrincipalKind  kind,
             const char            *id,
             gint64                 after)
{
  HandoverPrincipal principal = {
    .kind = kind,
    .business_id = (char *) "bu",
    .id = (char *) id,
    .credential_id = (char *) "credential",
  };
  g_autoptr (GSocket) socket = NULL;
  HandoverStreamEnd end = { NULL };
  g_autoptr (GError) error = NULL;
  int ends[2];

  g_assert_cmpint (socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends), ==, 0);
  socket = g_socket_new_from_fd (ends[0], &error);
  g_assert_no_error (error);
  end.socket = socket;
  g_assert_true (handover_fan_out_add (log->fan_out, &end, &principal, after, 0, &error));
  g_assert_no_error (error);

  return ends[1];
}

/* Reads until the text holds what is looked for; NULL reads to the end. */
static void
read_until (int         fd,
            GString    *text,
            const char *wanted)
{
  struct timeval patience = { 30, 0 };

  setsockopt (fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  while (wanted == NULL || strstr (text->str, wanted) == NULL)
    {
      char buffer[4096];
      ssize_t n_read = recv (fd, buffer, sizeof buffer, 0);

      g_assert_cmpint (n_read, >=, 0);
      if (n_read == 0)
        break;
      g_string_append_len (text, buffer, n_read);
    }
  g_assert_true (wanted == NULL || strstr (text->str, wanted) != NULL);
}

static void
assert_numbers (const char *text,
                gint64      first,
                gint64      last)
{
  const char *at = text;
  gint64 expected = first;

  while ((at = strstr (at, "\nid: ")) != NULL)
    {
      at += strlen ("\nid: ");
      g_assert_cmpint (g_ascii_strtoll (at, NULL, 10), ==, expected);
      expected++;
    }
  g_assert_cmpint (expected, ==, last + 1);
}

static void
test_resumes_from_any_number (void)
{
  g_autoptr (Log) log = log_new (0);
  int readers[21];

  publish (log, 12);
  for (int after = 0; after <= 12; after++)
    readers[after] = open_stream (log, HANDOVER_PRINCIPAL_OPERATOR, "op", after);
  publish (log, 8);
  for (int after = 13; after <= 20; after++)
    readers[after] = open_stream (log, HANDOVER_PRINCIPAL_OPERATOR, "op", after);
  publish (log, 20);

  for (int after = 0; after <= 20; after++)
    {
      g_autoptr (GString) text = g_string_new (NULL);

      read_until (readers[after], text, "id: 40\n");
      read_until (readers[after], text, "xxxxxxxxxx\n\n");
      g_assert_true (g_str_has_prefix (text->str, "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream"));
      assert_numbers (text->str, after + 1, 40);
      close (readers[after]);
    }
}

static gpointer
publish_thread (gpointer data)
{
  publish (data, 2000);
  return NULL;
}

static void
test_joins_a_moving_log (void)
{
  g_autoptr (Log) log = log_new (0);
  GThread *thread = g_thread_new ("publisher", publish_thread, log);
  int readers[40];

  for (guint i = 0; i < G_N_ELEMENTS (readers); i++)
    readers[i] = open_stream (log, HANDOVER_PRINCIPAL_OPERATOR, "op", 0);

  /* Whoever falls behind is cut, so each is held to what it was given, up to its last whole event. */
  for (guint i = 0; i < G_N_ELEMENTS (readers); i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      char *last;

      read_until (readers[i], text, "id: 10\n");
      close (readers[i]);
      g_string_truncate (text, g_strrstr (text->str, "\n\n") - text->str);
      last = g_strrstr (text->str, "\nid: ");
      assert_numbers (text->str, 1, g_ascii_strtoll (last + strlen ("\nid: "), NULL, 10));
    }
  g_thread_join (thread);
}

static void
test_audiences (void)
{
  g_autoptr (Log) log = log_new (0);
  g_autoptr (GString) own = g_string_new (NULL);
  g_autoptr (GString) foreign = g_string_new (NULL);
  g_autoptr (GString) agent = g_string_new (NULL);
  int own_reader = open_stream (log, HANDOVER_PRINCIPAL_OPERATOR, "op", 0);
  int foreign_reader = open_stream (log, HANDOVER_PRINCIPAL_OPERATOR, "other", 0);
  int agent_reader = open_stream (log, HANDOVER_PRINCIPAL_AGENT, "ag", 0);

  publish_for (log, "op", NULL, 10);
  publish_for (log, NULL, "ag", 10);
  publish_for (log, NULL, "another", 10);
  publish_for (log, NULL, "ag", 10);

  read_until (own_reader, own, "id: 4\n");
  read_until (foreign_reader, foreign, "id: 4\n");
  read_until (agent_reader, agent, "id: 4\n");
  assert_numbers (own->str, 1, 4);
  assert_numbers (foreign->str, 1, 4);
  g_assert_null (strstr (own->str, "withheld"));
  g_assert_nonnull (strstr (foreign->str, "id: 1\nevent: withheld\ndata: {\"sequence\":1,\"kind\":\"withheld\""));
  g_assert_null (strstr (agent->str, "id: 1\n"));
  g_assert_nonnull (strstr (agent->str, "id: 2\n"));
  g_assert_null (strstr (agent->str, "id: 3\n"));

  close (own_reader);
  close (foreign_reader);
  close (agent_reader);
}

static void
wait_count (Log   *log,
            guint  count)
{
  gint64 deadline = g_get_monotonic_time () + PATIENCE;

  while (handover_fan_out_get_count (log->fan_out) != count)
    {
      g_assert_cmpint (g_get_monotonic_time (), <, deadline);
      g_thread_yield ();
    }
}

static void
test_cuts_a_slow_reader (void)
{
  g_autoptr (Log) log = log_new (0);
  g_autoptr (GString) fast = g_string_new (NULL);
  int fast_reader = open_stream (log, HANDOVER_PRINCIPAL_OPERATOR, "op", 0);
  int slow_reader = open_stream (log, HANDOVER_PRINCIPAL_OPERATOR, "op", 0);

  publish (log, 1);
  read_until (fast_reader, fast, "id: 1\n");
  wait_count (log, 2);
  for (guint i = 2; i <= 60; i++)
    {
      g_autofree char *wanted = g_strdup_printf ("id: %u\n", i);

      publish_for (log, NULL, NULL, 16 * 1024);
      read_until (fast_reader, fast, wanted);
    }
  wait_count (log, 1);
  assert_numbers (fast->str, 1, 60);

  close (fast_reader);
  wait_count (log, 0);
  close (slow_reader);
}

static void
test_ends_by_id (void)
{
  g_autoptr (Log) log = log_new (0);
  g_autoptr (GString) kept = g_string_new (NULL);
  g_autoptr (GString) ended = g_string_new (NULL);
  int kept_reader = open_stream (log, HANDOVER_PRINCIPAL_OPERATOR, "op", 0);
  int ended_reader = open_stream (log, HANDOVER_PRINCIPAL_OPERATOR, "gone", 0);

  handover_fan_out_end (log->fan_out, "gone");
  read_until (ended_reader, ended, NULL);
  wait_count (log, 1);
  publish (log, 1);
  read_until (kept_reader, kept, "id: 1\n");
  handover_fan_out_end (log->fan_out, "credential");
  read_until (kept_reader, kept, NULL);

  close (kept_reader);
  close (ended_reader);
}

static void
test_beats (void)
{
  g_autoptr (Log) log = log_new (100);
  g_autoptr (GString) text = g_string_new (NULL);
  int reader = open_stream (log, HANDOVER_PRINCIPAL_OPERATOR, "op", 0);

  read_until (reader, text, "\r\n\r\n:\n\n:\n\n");
  close (reader);
}

static void
test_many_streams (void)
{
  g_autoptr (Log) log = log_new (0);
  int readers[400];

  for (guint i = 0; i < G_N_ELEMENTS (readers); i++)
    readers[i] = open_stream (log, HANDOVER_PRINCIPAL_OPERATOR, "op", 0);
  publish (log, 30);
  for (guint i = 0; i < G_N_ELEMENTS (readers); i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);

      read_until (readers[i], text, "id: 30\n");
      assert_numbers (text->str, 1, 30);
      close (readers[i]);
    }
  wait_count (log, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/fan-out/resumes-from-any-number", test_resumes_from_any_number);
  g_test_add_func ("/fan-out/joins-a-moving-log", test_joins_a_moving_log);
  g_test_add_func ("/fan-out/audiences", test_audiences);
  g_test_add_func ("/fan-out/cuts-a-slow-reader", test_cuts_a_slow_reader);
  g_test_add_func ("/fan-out/ends-by-id", test_ends_by_id);
  g_test_add_func ("/fan-out/beats", test_beats);
  g_test_add_func ("/fan-out/many-streams", test_many_streams);

  return g_test_run ();
}
