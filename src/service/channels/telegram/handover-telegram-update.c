/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "service/channels/telegram/handover-telegram-update.h"

#include <string.h>

#include "core/handover-json.h"
#include "service/channels/handover-channel-error.h"
#include "service/channels/telegram/handover-telegram-content.h"
#include "service/channels/telegram/handover-telegram-json.h"

#define MILLISECONDS 1000
#define LATEST_SECOND G_GINT64_CONSTANT (253402300799)

static gboolean
read_chat (JsonObject *message,
           gint64     *id)
{
  return handover_telegram_json_integer (handover_telegram_json_object (message, "chat"), "id", id) && *id != 0;
}

static gboolean
is_group (JsonObject *message)
{
  const char *type = handover_telegram_json_text (handover_telegram_json_object (message, "chat"), "type");

  return g_strcmp0 (type, "group") == 0 || g_strcmp0 (type, "supergroup") == 0;
}

static gboolean
is_private (JsonObject *message)
{
  const char *type = handover_telegram_json_text (handover_telegram_json_object (message, "chat"), "type");

  return g_strcmp0 (type, "private") == 0;
}

/* A person may go by a first name, both, or a handle alone. */
static char *
name_person (JsonObject *person)
{
  const char *first = handover_telegram_json_text (person, "first_name");
  const char *last = handover_telegram_json_text (person, "last_name");
  const char *handle = handover_telegram_json_text (person, "username");
  g_autofree char *name = NULL;

  if (first != NULL || last != NULL)
    name = g_strjoin (first != NULL && last != NULL ? " " : "", first != NULL ? first : "", last != NULL ? last : "", NULL);
  else if (handle != NULL)
    name = g_strconcat ("@", handle, NULL);

  return handover_telegram_content_clean (name, HANDOVER_LIMIT_NAME);
}

/* All of a group are one customer: they are answered in one chat. */
static HandoverCustomer *
read_customer (JsonObject *message,
               gint64      chat_id)
{
  JsonObject *chat = handover_telegram_json_object (message, "chat");
  HandoverCustomer *customer = g_object_new (HANDOVER_TYPE_CUSTOMER, NULL);

  if (is_group (message))
    customer->name = handover_telegram_content_clean (handover_telegram_json_text (chat, "title"), HANDOVER_LIMIT_NAME);
  else
    customer->name = name_person (chat);
  customer->user_id = g_strdup_printf ("telegram:%" G_GINT64_FORMAT, chat_id);
  return customer;
}

static gint64
read_time (JsonObject *message,
           const char *member)
{
  gint64 seconds = 0;

  handover_telegram_json_integer (message, member, &seconds);
  return seconds > 0 && seconds <= LATEST_SECOND ? seconds * MILLISECONDS : 0;
}

static char *
number_text (gint64 number)
{
  return g_strdup_printf ("%" G_GINT64_FORMAT, number);
}

static HandoverInboundEvent *
event_new (HandoverInboundKind  kind,
           const char          *key,
           JsonObject          *message,
           gint64               chat_id)
{
  g_autofree char *contact = number_text (chat_id);
  HandoverInboundEvent *event = handover_inbound_event_new (kind, key, contact);

  event->customer = read_customer (message, chat_id);
  return event;
}

/* In a group it is not plain who speaks. */
static void
name_speaker (JsonObject           *message,
              HandoverInboundEvent *event)
{
  JsonObject *from = handover_telegram_json_object (message, "from");
  g_autofree char *name = is_group (message) ? name_person (from) : NULL;
  g_autofree char *text = g_steal_pointer (&event->text);
  g_autofree char *named = NULL;

  if (name == NULL)
    {
      event->text = g_steal_pointer (&text);
      return;
    }

  named = g_strdup_printf (text != NULL ? "%s: %s" : "%s", name, text);
  event->text = handover_telegram_content_clean (named, HANDOVER_LIMIT_TEXT);
}

/* A group that grows gets another id; both its chats tell so, in the same words here. */
static HandoverInboundEvent *
read_migration (JsonObject *message,
                gint64      chat_id)
{
  HandoverInboundEvent *event;
  g_autofree char *key = NULL;
  g_autofree char *from_text = NULL;
  gint64 from = chat_id;
  gint64 to = chat_id;

  if (!handover_telegram_json_integer (message, "migrate_to_chat_id", &to) &&
      !handover_telegram_json_integer (message, "migrate_from_chat_id", &from))
    return NULL;
  if (from == to || from == 0 || to == 0)
    return NULL;

  key = g_strdup_printf ("moved/%" G_GINT64_FORMAT "/%" G_GINT64_FORMAT, from, to);
  from_text = number_text (from);
  event = handover_inbound_event_new (HANDOVER_INBOUND_MOVED, key, from_text);
  event->moved_to = number_text (to);
  return event;
}

/* A number of the platform's list may come again for another message, after a long silence or a change of servers; a
 * message keeps its own number for ever. */
static char *
make_key (HandoverInboundKind kind,
          JsonObject         *message,
          gint64              chat_id,
          gint64              message_id,
          gint64              update_id)
{
  gint64 edited = 0;

  if (kind == HANDOVER_INBOUND_MESSAGE)
    return g_strdup_printf ("message/%" G_GINT64_FORMAT "/%" G_GINT64_FORMAT, chat_id, message_id);

  handover_telegram_json_integer (message, "edit_date", &edited);
  return g_strdup_printf ("edit/%" G_GINT64_FORMAT "/%" G_GINT64_FORMAT "/%" G_GINT64_FORMAT "/%" G_GINT64_FORMAT,
                          chat_id, message_id, edited, update_id);
}

static HandoverInboundEvent *
read_message (JsonObject          *message,
              HandoverInboundKind  kind,
              gint64               update_id)
{
  g_autoptr (HandoverInboundEvent) event = NULL;
  JsonObject *from = handover_telegram_json_object (message, "from");
  g_autofree char *key = NULL;
  gint64 chat_id;
  gint64 message_id;
  gint64 replied_id;

  if (!read_chat (message, &chat_id) || !handover_telegram_json_integer (message, "message_id", &message_id))
    return NULL;

  event = read_migration (message, chat_id);
  if (event != NULL)
    return g_steal_pointer (&event);
  if (!(is_private (message) || is_group (message)) || handover_telegram_json_boolean (from, "is_bot"))
    return NULL;

  key = make_key (kind, message, chat_id, message_id, update_id);
  event = event_new (kind, key, message, chat_id);
  event->remote_id = number_text (message_id);
  event->at = read_time (message, kind == HANDOVER_INBOUND_EDIT ? "edit_date" : "date");
  if (handover_telegram_json_integer (handover_telegram_json_object (message, "reply_to_message"), "message_id", &replied_id))
    event->reply_to = number_text (replied_id);
  if (!handover_telegram_content_read (message, event))
    return NULL;

  name_speaker (message, event);
  return g_steal_pointer (&event);
}

/* What stands on the button that was pressed; its data are the bot's own words. */
static const char *
find_label (JsonObject *message,
            const char *data)
{
  JsonObject *markup = handover_telegram_json_object (message, "reply_markup");
  JsonArray *rows = handover_telegram_json_array (markup, "inline_keyboard");

  for (guint i = 0; rows != NULL && i < json_array_get_length (rows); i++)
    {
      JsonNode *node = json_array_get_element (rows, i);
      JsonArray *row = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

      for (guint j = 0; row != NULL && j < json_array_get_length (row); j++)
        {
          JsonNode *element = json_array_get_element (row, j);
          JsonObject *button = JSON_NODE_HOLDS_OBJECT (element) ? json_node_get_object (element) : NULL;

          if (g_strcmp0 (handover_telegram_json_text (button, "callback_data"), data) == 0)
            return handover_telegram_json_text (button, "text");
        }
    }

  return NULL;
}

static HandoverInboundEvent *
read_press (JsonObject *query,
            const char *id)
{
  g_autoptr (HandoverInboundEvent) event = NULL;
  JsonObject *message = handover_telegram_json_object (query, "message");
  const char *data = handover_telegram_json_text (query, "data");
  const char *label = data != NULL ? find_label (message, data) : NULL;
  g_autofree char *key = g_strconcat ("press/", id, NULL);
  gint64 chat_id;
  gint64 message_id;

  if (data == NULL || !read_chat (message, &chat_id) || !(is_private (message) || is_group (message)))
    return NULL;

  event = event_new (HANDOVER_INBOUND_MESSAGE, key, message, chat_id);
  event->text = handover_telegram_content_clean (label != NULL ? label : data, HANDOVER_LIMIT_TEXT);
  if (handover_telegram_json_integer (message, "message_id", &message_id))
    event->reply_to = number_text (message_id);
  if (event->text == NULL)
    return NULL;

  name_speaker (query, event);
  return g_steal_pointer (&event);
}

static gboolean
has_left (JsonObject *member,
          const char *when)
{
  const char *status = handover_telegram_json_text (handover_telegram_json_object (member, when), "status");

  return g_strcmp0 (status, "kicked") == 0;
}

/* In a private chat nobody but the customer changes what the bot may do: it is blocked, or let in again. */
static HandoverInboundEvent *
read_membership (JsonObject *member)
{
  gboolean left = has_left (member, "new_chat_member");
  g_autofree char *key = NULL;
  HandoverInboundEvent *event;
  gint64 chat_id;
  gint64 at;

  if (!read_chat (member, &chat_id) || !is_private (member) || left == has_left (member, "old_chat_member"))
    return NULL;

  at = read_time (member, "date");
  key = g_strdup_printf ("%s/%" G_GINT64_FORMAT "/%" G_GINT64_FORMAT, left ? "blocked" : "unblocked", chat_id, at);
  event = event_new (left ? HANDOVER_INBOUND_BLOCKED : HANDOVER_INBOUND_UNBLOCKED, key, member, chat_id);
  event->at = at;
  return event;
}

/**
 * handover_telegram_update_read:
 * @update: one update, whoever sent it
 * @batch: a batch to add to
 *
 * Says in our words what an update tells, if it is anything for us.
 */
void
handover_telegram_update_read (JsonNode             *update,
                               HandoverInboundBatch *batch)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (update) ? json_node_get_object (update) : NULL;
  JsonObject *message = handover_telegram_json_object (object, "message");
  JsonObject *edited = handover_telegram_json_object (object, "edited_message");
  JsonObject *query = handover_telegram_json_object (object, "callback_query");
  JsonObject *member = handover_telegram_json_object (object, "my_chat_member");
  g_autofree char *query_id = handover_telegram_content_clean (handover_telegram_json_text (query, "id"), 100);
  HandoverInboundEvent *event = NULL;
  gint64 update_id = 0;

  handover_telegram_json_integer (object, "update_id", &update_id);
  if (message != NULL)
    event = read_message (message, HANDOVER_INBOUND_MESSAGE, update_id);
  else if (edited != NULL)
    event = read_message (edited, HANDOVER_INBOUND_EDIT, update_id);
  else if (query_id != NULL)
    event = read_press (query, query_id);
  else if (member != NULL)
    event = read_membership (member);

  if (query_id != NULL)
    g_ptr_array_add (batch->presses, g_steal_pointer (&query_id));
  if (event != NULL)
    g_ptr_array_add (batch->events, event);
}

/**
 * handover_telegram_updates_read:
 * @updates: the list that was asked for
 * @error: return location
 *
 * Reads what came, with the number after the highest as the cursor. The numbers may begin anew, so that a cursor may
 * be lower than the one before.
 *
 * Returns: (transfer full) (nullable): what came; %NULL for what is no list of updates
 */
HandoverInboundBatch *
handover_telegram_updates_read (JsonNode  *updates,
                                GError   **error)
{
  g_autoptr (HandoverInboundBatch) batch = handover_inbound_batch_new ();
  JsonArray *array = updates != NULL && JSON_NODE_HOLDS_ARRAY (updates) ? json_node_get_array (updates) : NULL;
  guint length = array != NULL ? json_array_get_length (array) : 0;
  gint64 highest = G_MININT64;

  for (guint i = 0; i < length; i++)
    {
      JsonNode *update = json_array_get_element (array, i);
      JsonObject *object = JSON_NODE_HOLDS_OBJECT (update) ? json_node_get_object (update) : NULL;
      gint64 id;

      if (handover_telegram_json_integer (object, "update_id", &id) && id >= 0 && id < G_MAXINT64)
        highest = MAX (highest, id);
      handover_telegram_update_read (update, batch);
    }

  if (array == NULL || (length > 0 && highest < 0))
    {
      g_set_error_literal (error, HANDOVER_CHANNEL_ERROR, HANDOVER_CHANNEL_ERROR_INVALID,
                           "Telegram said something that makes no sense instead of what customers wrote.");
      return NULL;
    }

  if (length > 0)
    batch->cursor = number_text (highest + 1);
  return g_steal_pointer (&batch);
}

/* What follows a name in a text that cannot be read as JSON. */
static const char *
find_value (const char *text,
            const char *name)
{
  const char *found = strstr (text, name);

  if (found == NULL)
    return "";

  found += strlen (name);
  return found + strspn (found, " \t\r\n:");
}

/**
 * handover_telegram_updates_skip:
 * @bytes: an answer with a single update, which cannot be read
 *
 * Passes over an update that nobody can read, so that it does not keep back all that come after it. What looks cut off
 * is not passed over: it may be whole the next time.
 *
 * Returns: (transfer full) (nullable): nothing that came, with a cursor after it; %NULL for anything else
 */
HandoverInboundBatch *
handover_telegram_updates_skip (GBytes *bytes)
{
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);
  /* Where there is nothing, there is not even a place. */
  g_autofree char *text = g_strndup (length > 0 ? data : "", length);
  HandoverInboundBatch *batch;
  const char *number;
  char *end;
  gint64 id;

  g_strstrip (text);
  number = find_value (text, "\"update_id\"");
  id = g_ascii_strtoll (number, &end, 10);
  if (*text != '{' || !g_str_has_suffix (text, "}") || !g_str_has_prefix (find_value (text, "\"ok\""), "true") ||
      end == number || id < 0 || id == G_MAXINT64)
    return NULL;

  batch = handover_inbound_batch_new ();
  batch->cursor = number_text (id + 1);
  return batch;
}
