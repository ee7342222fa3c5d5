/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "answers.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <json-glib/json-glib.h>

static GString *noted;

static void
write_down (JsonBuilder *line)
{
  g_autoptr (JsonNode) node = json_builder_get_root (line);
  g_autofree char *text = json_to_string (node, FALSE);

  if (noted == NULL)
    noted = g_string_new (NULL);
  g_string_append_printf (noted, "%s\n", text);
}

/**
 * answers_note:
 * @method: of the request
 * @target: its path, with or without a query
 * @status: of the answer
 * @content_type: (nullable): the type of its body
 * @body: the body, or ""
 *
 * Notes an answer.
 */
void
answers_note (const char *method,
              const char *target,
              guint       status,
              const char *content_type,
              const char *body)
{
  g_autoptr (JsonBuilder) line = json_builder_new ();

  json_builder_begin_object (line);
  json_builder_set_member_name (line, "method");
  json_builder_add_string_value (line, method);
  json_builder_set_member_name (line, "target");
  json_builder_add_string_value (line, target);
  json_builder_set_member_name (line, "status");
  json_builder_add_int_value (line, status);
  json_builder_set_member_name (line, "content_type");
  json_builder_add_string_value (line, content_type);
  json_builder_set_member_name (line, "body");
  json_builder_add_string_value (line, body);
  json_builder_end_object (line);
  write_down (line);
}

/**
 * answers_note_response:
 * @request: what was asked
 * @response: what a route answered
 *
 * Notes an answer that never became HTTP, with the type that the server gives it.
 */
void
answers_note_response (HandoverRequest  *request,
                       HandoverResponse *response)
{
  const char *type = response->status >= 400 ? "application/problem+json" : "application/json";
  g_autofree char *text = handover_response_dup_text (response);

  answers_note (request->method, request->path, response->status,
                response->data != NULL ? response->content_type : type, text);
}

/**
 * answers_note_event:
 * @data: the data of a line of an event stream
 *
 * Notes an event.
 */
void
answers_note_event (const char *data)
{
  g_autoptr (JsonBuilder) line = json_builder_new ();

  json_builder_begin_object (line);
  json_builder_set_member_name (line, "event");
  json_builder_add_string_value (line, data);
  json_builder_end_object (line);
  write_down (line);
}

static void
test_as_documented (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  g_autofree char *output = NULL;
  int file = g_file_open_tmp ("handover-answers-XXXXXX", &path, &error);
  const char *arguments[] = { CHECK_ANSWERS, path, NULL };
  int status;

  g_assert_no_error (error);
  g_assert_true (g_close (file, NULL));
  g_assert_nonnull (noted);
  g_file_set_contents (path, noted->str, noted->len, &error);
  g_assert_no_error (error);
  g_spawn_sync (NULL, (char **) arguments, NULL, G_SPAWN_DEFAULT, NULL, NULL, &output, NULL, &status, &error);
  g_assert_no_error (error);
  g_unlink (path);
  g_test_message ("%s", output);
  g_spawn_check_wait_status (status, &error);
  g_assert_no_error (error);
  g_string_free (g_steal_pointer (&noted), TRUE);
}

/**
 * answers_add_test:
 * @path: the test's name; it must be the last of the program
 *
 * Adds the test that fails unless all that was noted is as documented, and something was.
 */
void
answers_add_test (const char *path)
{
  g_test_add_func (path, test_as_documented);
}
