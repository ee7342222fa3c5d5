/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "channel-fixture.h"

#include <string.h>

#include <glib/gstdio.h>

#include "service/channels/handover-channel-kinds.h"

void
channel_fixture_set_up (ServiceFixture *self,
                        gconstpointer   data)
{
  handover_channel_kinds_set_type (HANDOVER_CHANNEL_KIND_SMS, FAKE_TYPE_CHANNEL);
  service_fixture_set_up (self, NULL);
  self->config->channel_retry = 1;
}

void
channel_fixture_tear_down (ServiceFixture *self,
                           gconstpointer   data)
{
  service_fixture_tear_down (self, NULL);
  fake_accounts_forget ();
}

static void
stopped_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      data)
{
  g_assert_true (handover_service_stop_finish (HANDOVER_SERVICE (object), result, NULL));
  *(gboolean *) data = TRUE;
}

void
channel_fixture_stop (ServiceFixture *self)
{
  gboolean done = FALSE;

  handover_service_stop_async (self->service, stopped_cb, &done);
  service_fixture_spin (&done);
  g_clear_object (&self->service);
}

void
channel_fixture_start (ServiceFixture *self)
{
  HandoverServiceOptions options = { self->folder, "127.0.0.1:0", self->config, NULL, TRUE };
  g_autoptr (GError) error = NULL;

  self->service = handover_service_new (&options, &error);
  g_assert_no_error (error);
  g_free (self->uri);
  self->uri = handover_service_get_uri (self->service);
}

static void
copy_file (const char *from,
           const char *to,
           const char *name)
{
  g_autofree char *source = g_build_filename (from, name, NULL);
  g_autofree char *target = g_build_filename (to, name, NULL);
  g_autofree char *content = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;

  if (!g_file_get_contents (source, &content, &length, NULL))
    return;
  g_file_set_contents (target, content, length, &error);
  g_assert_no_error (error);
}

/* Goes on with what a service that is killed now leaves on the disk, in another folder. */
void
channel_fixture_kill (ServiceFixture *self)
{
  const char *const names[] = { "handoverd.db", "handoverd.db-wal", "channel-key" };
  g_autofree char *old = g_steal_pointer (&self->folder);
  g_autoptr (GDir) folder = g_dir_open (old, 0, NULL);
  const char *name;

  self->folder = g_dir_make_tmp ("handover-service-XXXXXX", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    copy_file (old, self->folder, names[i]);

  channel_fixture_stop (self);
  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *path = g_build_filename (old, name, NULL);

      g_unlink (path);
    }
  g_rmdir (old);
  channel_fixture_start (self);
}

gboolean
channel_fixture_tick (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

/* Returns the body, which lives until the next call. */
JsonObject *
channel_fixture_call (ServiceFixture *self,
                      const char     *method,
                      const char     *path,
                      const char     *token,
                      guint           status,
                      const char     *format,
                      ...)
{
  static JsonNode *answer;
  g_autofree char *body = NULL;
  va_list values;

  va_start (values, format);
  body = *format != '\0' ? g_strdup_vprintf (format, values) : NULL;
  va_end (values);

  g_clear_pointer (&answer, json_node_unref);
  answer = service_fixture_call (self, method, path, token, NULL, body);
  if (self->status != status)
    g_error ("%s %s: %u %s", method, path, self->status, answer != NULL ? json_to_string (answer, FALSE) : "");
  return answer != NULL ? json_node_get_object (answer) : NULL;
}

/* Customers are still told that a person will come, but by a word that the platform takes and does not remember. */
void
channel_fixture_quieten (ServiceFixture *self)
{
  channel_fixture_call (self, "PATCH", "/v1/business", self->token, 200, "{\"transition_message\":\"" FAKE_QUIET "\"}");
}

char *
channel_fixture_connect (ServiceFixture *self,
                         const char     *account)
{
  JsonObject *channel = channel_fixture_call (self, "POST", "/v1/channels", self->token, 201,
                                              "{\"kind\":\"sms\",\"token\":\"%s:secret\"}", account);

  return g_strdup (json_object_get_string_member (channel, "id"));
}

char *
channel_fixture_agent (ServiceFixture  *self,
                       char           **key)
{
  JsonObject *agent = channel_fixture_call (self, "POST", "/v1/agents", self->token, 201, "{\"name\":\"Bot\"}");
  char *id = g_strdup (json_object_get_string_member (agent, "id"));
  g_autofree char *path = g_strconcat ("/v1/agents/", id, "/keys", NULL);

  *key = g_strdup (json_object_get_string_member (channel_fixture_call (self, "POST", path, self->token, 201, "{}"), "key"));
  return id;
}

/* The id of a customer's conversation, or NULL while there is none. */
char *
channel_fixture_find (ServiceFixture *self,
                      const char     *contact)
{
  JsonObject *page = channel_fixture_call (self, "GET", "/v1/conversations?view=all", self->token, 200, "%s", "");
  JsonArray *items = json_object_get_array_member (page, "items");
  g_autofree char *end = g_strconcat (":", contact, NULL);

  for (guint i = 0; i < json_array_get_length (items); i++)
    {
      JsonObject *conversation = json_array_get_object_element (items, i);

      if (g_str_has_suffix (json_object_get_string_member (conversation, "external_id"), end))
        return g_strdup (json_object_get_string_member (conversation, "id"));
    }
  return NULL;
}

/* Waits for a customer's first message, and takes over. */
char *
channel_fixture_claim (ServiceFixture *self,
                       const char     *contact)
{
  g_autofree char *path = NULL;
  char *id = NULL;
  gint64 end = g_get_monotonic_time () + 30 * G_USEC_PER_SEC;

  while ((id = channel_fixture_find (self, contact)) == NULL)
    g_assert_cmpint (g_get_monotonic_time (), <, end);
  path = g_strdup_printf ("/v1/conversations/%s/claim", id);
  channel_fixture_call (self, "POST", path, self->token, 200, "{}");
  return id;
}

void
channel_fixture_reply (ServiceFixture *self,
                       const char     *conversation_id,
                       const char     *text)
{
  g_autofree char *path = g_strdup_printf ("/v1/conversations/%s/messages", conversation_id);

  channel_fixture_call (self, "POST", path, self->token, 201, "{\"kind\":\"reply\",\"text\":\"%s\"}", text);
}

/* What both sides said, oldest first, each with what it answers and how far it has come: "customer: Hi" or
 * "operator: Yes <- Hi (sent)". */
char *
channel_fixture_read (ServiceFixture *self,
                      const char     *conversation_id)
{
  g_autofree char *path = g_strdup_printf ("/v1/conversations/%s/messages?limit=200", conversation_id);
  JsonObject *page = channel_fixture_call (self, "GET", path, self->token, 200, "%s", "");
  JsonArray *items = json_object_get_array_member (page, "items");
  GString *text = g_string_new (NULL);

  for (guint i = json_array_get_length (items); i > 0; i--)
    {
      JsonObject *message = json_array_get_object_element (items, i - 1);
      JsonArray *files = json_object_get_array_member (message, "attachments");
      const char *kind = json_object_get_string_member (message, "kind");
      JsonObject *delivery = json_object_has_member (message, "delivery")
                             ? json_object_get_object_member (message, "delivery") : NULL;

      if (!g_str_equal (kind, "message"))
        continue;
      g_string_append_printf (text, "%s%s: %s", text->len > 0 ? "\n" : "", json_object_get_string_member (message, "author"),
                              json_object_get_string_member (message, "text"));
      for (guint j = 0; j < json_array_get_length (files); j++)
        g_string_append_printf (text, "[%s]",
                                json_object_get_string_member (json_array_get_object_element (files, j), "name"));
      if (json_object_has_member (message, "reply_to"))
        g_string_append_printf (text, " <- %s",
                                json_object_get_string_member (json_object_get_object_member (message, "reply_to"), "text"));
      if (delivery != NULL)
        g_string_append_printf (text, " (%s)", json_object_get_string_member (delivery, "state"));
    }
  return g_string_free_and_steal (text);
}

/* How a channel does: "connected" or "failing: why". */
char *
channel_fixture_describe (ServiceFixture *self,
                          const char     *channel_id)
{
  JsonObject *page = channel_fixture_call (self, "GET", "/v1/channels", self->token, 200, "%s", "");
  JsonArray *items = json_object_get_array_member (page, "items");

  for (guint i = 0; i < json_array_get_length (items); i++)
    {
      JsonObject *channel = json_array_get_object_element (items, i);
      const char *state = json_object_get_string_member (channel, "state");

      if (!g_str_equal (json_object_get_string_member (channel, "id"), channel_id))
        continue;
      return g_str_equal (state, "failing")
             ? g_strdup_printf ("failing: %s", json_object_get_string_member (channel, "last_error")) : g_strdup (state);
    }
  return NULL;
}
