/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "test-mirror-fixture.h"

#include <glib/gstdio.h>

#include "client/store/handover-mirror-private.h"
#include "client/store/handover-mirror-store.h"
#include "core/handover-time.h"

static void
result_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static GAsyncResult *
wait_for (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return *result;
}

void
mirror_fixture_open (MirrorFixture *fixture)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  handover_mirror_open_async (fixture->folder, "https://desk.example", TEST_ME, NULL, result_cb, &result);
  fixture->mirror = handover_mirror_open_finish (wait_for (&result), &error);
  g_assert_no_error (error);
}

void
mirror_fixture_close (MirrorFixture *fixture)
{
  /* Joined, so that the next one finds the file closed and the leak checker no thread. */
  handover_workers_close (fixture->mirror->workers);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (fixture->mirror);
  fixture->mirror = NULL;
}

void
mirror_fixture_set_up (MirrorFixture *fixture,
                       gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  fixture->folder = g_dir_make_tmp ("handover-mirror-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->gateway = test_gateway_new ();
  mirror_fixture_open (fixture);
}

void
mirror_fixture_tear_down (MirrorFixture *fixture,
                          gconstpointer  data)
{
  g_autoptr (GDir) entries = g_dir_open (fixture->folder, 0, NULL);
  const char *name;

  if (fixture->mirror != NULL)
    mirror_fixture_close (fixture);
  g_assert_finalize_object (fixture->gateway);

  while ((name = g_dir_read_name (entries)) != NULL)
    {
      g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

      g_assert_cmpint (g_unlink (path), ==, 0);
    }
  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0);
  g_free (fixture->folder);
}

char *
mirror_fixture_dup_path (MirrorFixture *fixture)
{
  return g_strdup (fixture->mirror->path);
}

/* The next event of the log. */
void
mirror_fixture_apply (MirrorFixture *fixture,
                      const char    *kind,
                      gpointer       record)
{
  g_autoptr (HandoverEvent) event = g_object_new (HANDOVER_TYPE_EVENT, NULL);
  g_autoptr (GObject) owned = record;

  event->sequence = ++fixture->sequence;
  event->kind = g_strdup (kind);
  event->at = handover_time_now ();
  if (HANDOVER_IS_CONVERSATION (record))
    event->conversation = g_object_ref (record);
  else if (HANDOVER_IS_MESSAGE (record))
    event->message = g_object_ref (record);
  else if (HANDOVER_IS_ESCALATION (record))
    event->escalation = g_object_ref (record);
  else if (HANDOVER_IS_TEMPLATE (record))
    event->template = g_object_ref (record);
  else if (HANDOVER_IS_OPERATOR (record))
    event->operator = g_object_ref (record);
  else if (HANDOVER_IS_CUSTOMER (record))
    event->customer = g_object_ref (record);

  handover_mirror_apply_event (fixture->mirror, event);
}

static gboolean
nothing_job (gpointer   handle,
             gpointer   job,
             GError   **error)
{
  return TRUE;
}

typedef struct
{
  GMutex mutex;
  GCond changed;
  guint n_arrived;
} Meeting;

/* One job for each of the two readers, which therefore have nothing else to do when they meet. */
static gboolean
meet_job (gpointer   handle,
          gpointer   job,
          GError   **error)
{
  Meeting *meeting = job;

  g_mutex_lock (&meeting->mutex);
  meeting->n_arrived++;
  g_cond_broadcast (&meeting->changed);
  while (meeting->n_arrived < 2)
    g_cond_wait (&meeting->changed, &meeting->mutex);
  g_mutex_unlock (&meeting->mutex);

  return TRUE;
}

/* Waits until all that was asked of the mirror so far is done and shown, and what followed from it, too. */
void
mirror_fixture_settle (MirrorFixture *fixture)
{
  for (int i = 0; i < 3; i++)
    {
      Meeting meeting = { 0 };
      g_autoptr (GAsyncResult) written = NULL;
      g_autoptr (GAsyncResult) first = NULL;
      g_autoptr (GAsyncResult) second = NULL;

      handover_workers_write_async (fixture->mirror->workers, nothing_job, NULL, NULL, NULL, result_cb, &written);
      handover_workers_read_async (fixture->mirror->workers, meet_job, &meeting, NULL, NULL, result_cb, &first);
      handover_workers_read_async (fixture->mirror->workers, meet_job, &meeting, NULL, NULL, result_cb, &second);
      wait_for (&written);
      wait_for (&first);
      wait_for (&second);
      while (g_main_context_iteration (NULL, FALSE))
        ;
    }
}

static gpointer
from_format (GType       type,
             const char *format,
             ...)
{
  g_autofree char *json = NULL;
  g_autoptr (GError) error = NULL;
  gpointer record;
  va_list arguments;

  va_start (arguments, format);
  json = g_strdup_vprintf (format, arguments);
  va_end (arguments);

  record = handover_record_from_data (type, json, &error);
  g_assert_no_error (error);
  return record;
}

/* The customer of conversation “c1” is “customer-c1”. */
HandoverConversation *
test_conversation (const char *id,
                   const char *control,
                   const char *holder,
                   gint64      when,
                   gint64      version)
{
  HandoverConversation *conversation;

  conversation = from_format (HANDOVER_TYPE_CONVERSATION,
                              "{\"id\": \"%s\", \"channel\": {\"kind\": \"api\"}, "
                              "\"customer\": {\"id\": \"customer-%s\", \"name\": \"Crystal\"}, \"control\": \"%s\", "
                              "\"epoch\": %" G_GINT64_FORMAT ", \"metadata\": {}, \"unread_count\": 2, "
                              "\"created_at\": \"2026-01-01T00:00:00.000Z\", "
                              "\"updated_at\": \"2026-01-01T00:00:00.000Z\", \"version\": %" G_GINT64_FORMAT "}",
                              id, id, control, version, version);
  conversation->updated_at = when;
  conversation->waiting_since = conversation->control == HANDOVER_CONTROL_WAITING ? when : 0;
  if (holder != NULL)
    conversation->holder = from_format (HANDOVER_TYPE_PERSON, "{\"id\": \"%s\", \"name\": \"Kim\"}", holder);
  return conversation;
}

HandoverMessage *
test_message (const char *conversation_id,
              const char *id,
              const char *author,
              const char *text,
              gint64      version)
{
  HandoverMessage *message;

  message = from_format (HANDOVER_TYPE_MESSAGE,
                         "{\"id\": \"%s\", \"conversation_id\": \"%s\", \"author\": \"%s\", \"kind\": \"message\", "
                         "\"text\": \"%s\", \"attachments\": [], \"epoch\": 1, "
                         "\"at\": \"2026-01-01T00:00:00.000Z\", \"version\": %" G_GINT64_FORMAT "}",
                         id, conversation_id, author, text, version);
  if (message->author == HANDOVER_AUTHOR_OPERATOR)
    message->operator = from_format (HANDOVER_TYPE_PERSON, "{\"id\": \"%s\", \"name\": \"Me\"}", TEST_ME);
  return message;
}

HandoverEscalation *
test_escalation (const char *conversation_id,
                 const char *id,
                 gint64      opened_at)
{
  HandoverEscalation *escalation;

  escalation = from_format (HANDOVER_TYPE_ESCALATION,
                            "{\"id\": \"%s\", \"conversation_id\": \"%s\", \"trigger\": \"knowledge_gap\", "
                            "\"summary\": \"Help\", \"priority\": \"normal\", "
                            "\"opened_at\": \"2026-01-01T00:00:00.000Z\", \"receipt\": \"queued\"}",
                            id, conversation_id);
  escalation->opened_at = opened_at;
  return escalation;
}

/* “a b c”; what has not been sent shows its text, in brackets. */
char *
test_list_ids (GListModel *model)
{
  GString *ids = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (HandoverRecord) record = g_list_model_get_item (model, i);

      if (i > 0)
        g_string_append_c (ids, ' ');
      if (HANDOVER_IS_MESSAGE (record) && handover_transcript_is_unsent (HANDOVER_MESSAGE (record)))
        g_string_append_printf (ids, "[%s]", HANDOVER_MESSAGE (record)->text);
      else
        g_string_append (ids, handover_mirror_store_get_id (record));
    }

  return g_string_free (ids, FALSE);
}

/* --- The shadow --- */

struct _ListShadow
{
  GListModel *model;
  GPtrArray *items;
  guint largest;
};

static void
shadow_changed_cb (ListShadow *self,
                   guint       position,
                   guint       removed,
                   guint       added)
{
  g_assert_cmpuint (position + removed, <=, self->items->len);
  if (removed > 0)
    g_ptr_array_remove_range (self->items, position, removed);
  for (guint i = 0; i < added; i++)
    g_ptr_array_insert (self->items, position + i, g_list_model_get_item (self->model, position + i));
  self->largest = MAX (self->largest, MAX (removed, added));
}

ListShadow *
list_shadow_new (GListModel *model)
{
  ListShadow *self = g_new0 (ListShadow, 1);

  self->model = g_object_ref (model);
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
  shadow_changed_cb (self, 0, 0, g_list_model_get_n_items (model));
  self->largest = 0;
  g_signal_connect_swapped (model, "items-changed", G_CALLBACK (shadow_changed_cb), self);
  return self;
}

/* The largest change so far. */
guint
list_shadow_get_largest (ListShadow *self)
{
  return self->largest;
}

void
list_shadow_check (ListShadow *self)
{
  g_assert_cmpuint (g_list_model_get_n_items (self->model), ==, self->items->len);
  for (guint i = 0; i < self->items->len; i++)
    {
      g_autoptr (GObject) item = g_list_model_get_item (self->model, i);

      g_assert_true (item == g_ptr_array_index (self->items, i));
    }
}

void
list_shadow_free (ListShadow *self)
{
  g_signal_handlers_disconnect_by_data (self->model, self);
  g_object_unref (self->model);
  g_ptr_array_unref (self->items);
  g_free (self);
}
