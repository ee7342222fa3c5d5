/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#define G_LOG_DOMAIN "handover-mirror-more"

#include "client/store/handover-mirror.h"

#include "client/store/handover-mirror-private.h"
#include "client/store/handover-mirror-store.h"
#include "client/store/handover-snapshot-private.h"

#define PAGE 100

/* So many pages in a row without anything new are skipped; then somebody has to look again. */
#define FRUITLESS_LIMIT 50

/* One page of a view that may grow without end, on its way from the service to the tables. */
typedef struct
{
  HandoverMirror *mirror;
  HandoverView view;
  char *cursor;
  gboolean complete;
  gboolean found_new;
  gint64 sequence;
  GPtrArray *conversations;
} More;

static void
more_free (gpointer data)
{
  More *more = data;

  g_clear_object (&more->mirror);
  g_ptr_array_unref (more->conversations);
  g_free (more->cursor);
  g_free (more);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (More, more_free)

static gboolean
put_job (HandoverMirrorHandle  *handle,
         gpointer               data,
         HandoverChanges       *changes,
         GError               **error)
{
  More *more = data;

  for (guint i = 0; i < more->conversations->len; i++)
    {
      if (!handover_mirror_store_put_record (handle->database, g_ptr_array_index (more->conversations, i),
                                             more->sequence, changes, error))
        return FALSE;
    }

  more->found_new = changes->records->len > 0;
  return handover_database_run (handle->database, "view_page.put", error, "tti", handover_view_to_nick (more->view),
                                more->cursor, (gint64) more->complete);
}

static void
stored_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (More) more = user_data;
  HandoverMirror *self = more->mirror;
  g_autoptr (GError) error = NULL;

  self->view_more[more->view] = HANDOVER_MORE_IDLE;
  if (!handover_mirror_write_finish (self, result, &error))
    g_warning ("Could not store a page of conversations: %s", error->message);
  else if (more->complete)
    self->view_more[more->view] = HANDOVER_MORE_COMPLETE;
  else if (!more->found_new && ++self->view_fruitless[more->view] < FRUITLESS_LIMIT)
    {
      handover_mirror_want_more (more->view, self);
      return;
    }

  self->view_fruitless[more->view] = 0;
}

static void
answered_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (More) more = user_data;
  HandoverMirror *self = more->mirror;
  g_autoptr (HandoverSnapshot) snapshot = handover_snapshot_new ();
  g_autoptr (JsonNode) body = NULL;
  g_autoptr (GError) error = NULL;
  const char *next;

  if (!handover_gateway_call_finish (HANDOVER_GATEWAY (source), result, &body, &more->sequence, &error)
      || !handover_snapshot_add_items (snapshot, HANDOVER_TYPE_CONVERSATION, body, more->sequence, &error))
    {
      /* It is asked for again when somebody looks at the end of the list. */
      g_debug ("Could not load more conversations: %s", error->message);
      self->view_more[more->view] = HANDOVER_MORE_IDLE;
      return;
    }

  next = json_object_get_string_member_with_default (json_node_get_object (body), "next_cursor", NULL);
  g_set_str (&more->cursor, next);
  more->complete = next == NULL;
  handover_snapshot_take_records (snapshot, more->conversations);
  handover_mirror_write_async (self, put_job, more, NULL, stored_cb, more);
  g_steal_pointer (&more);
}

static gboolean
read_cursor_job (gpointer   handle,
                 gpointer   job,
                 GError   **error)
{
  HandoverDatabase *database = ((HandoverMirrorHandle *) handle)->database;
  More *more = job;
  HandoverStatement *statement = handover_database_prepare (database, "view_page.get", error);
  gboolean row;

  if (statement == NULL)
    return FALSE;
  handover_statement_bind (statement, "t", handover_view_to_nick (more->view));
  if (!handover_statement_step (statement, &row, error))
    return FALSE;

  if (row)
    {
      more->cursor = handover_statement_dup_text (statement, 0);
      more->complete = handover_statement_get_int (statement, 1) != 0;
    }
  return TRUE;
}

static More *
more_new (HandoverMirror *self,
          HandoverView    view)
{
  More *more = g_new0 (More, 1);

  more->mirror = g_object_ref (self);
  more->view = view;
  more->conversations = g_ptr_array_new_with_free_func (g_object_unref);
  return more;
}

static void
cursor_read_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  More *read = handover_workers_get_job (result);
  g_autoptr (HandoverMirror) self = g_object_ref (read->mirror);
  g_autofree char *before = NULL;
  g_autofree char *path = NULL;

  if (!handover_workers_finish (HANDOVER_WORKERS (source), result, NULL) || self->gateway == NULL)
    {
      self->view_more[read->view] = HANDOVER_MORE_IDLE;
      return;
    }
  if (read->complete)
    {
      self->view_more[read->view] = HANDOVER_MORE_COMPLETE;
      return;
    }

  if (read->cursor != NULL)
    before = g_uri_escape_string (read->cursor, NULL, FALSE);
  path = g_strdup_printf ("/v1/conversations?view=%s&limit=%d%s%s", handover_view_to_nick (read->view), PAGE,
                          before != NULL ? "&cursor=" : "", before != NULL ? before : "");
  handover_gateway_call_async (self->gateway, "GET", path, NULL, NULL, self->closing, answered_cb,
                               more_new (self, read->view));
}

/*
 * handover_mirror_want_more:
 * @view: a view whose end somebody looks at
 * @user_data: the mirror
 *
 * Asks the service for the conversations that come after those that are stored. Only what may grow without end is
 * loaded so: the other views are whole from the first.
 */
void
handover_mirror_want_more (HandoverView view,
                           gpointer     user_data)
{
  HandoverMirror *self = user_data;
  gboolean endless = view == HANDOVER_VIEW_AGENT || view == HANDOVER_VIEW_CLOSED || view == HANDOVER_VIEW_ALL;

  if (!endless || self->gateway == NULL || !self->online || self->view_more[view] != HANDOVER_MORE_IDLE)
    return;

  self->view_more[view] = HANDOVER_MORE_LOADING;
  handover_workers_read_async (self->workers, read_cursor_job, more_new (self, view), more_free, self->closing,
                               cursor_read_cb, NULL);
}
