/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#define G_LOG_DOMAIN "handover-mirror-load"

#include "client/store/handover-mirror.h"

#include "client/store/handover-mirror-private.h"
#include "client/store/handover-mirror-store.h"
#include "client/store/handover-snapshot-private.h"

/* --- Views --- */

typedef struct
{
  HandoverView view;
  guint load;
  char *operator_id;
  GArray *rows;
} ViewLoad;

static void
row_clear (gpointer data)
{
  HandoverViewRow *row = data;

  g_free (row->id);
}

static void
view_load_free (gpointer data)
{
  ViewLoad *load = data;

  g_free (load->operator_id);
  g_array_unref (load->rows);
  g_free (load);
}

static gboolean
read_view_job (gpointer   handle,
               gpointer   job,
               GError   **error)
{
  ViewLoad *load = job;

  return handover_mirror_store_read_view (((HandoverMirrorHandle *) handle)->database, load->view,
                                          load->operator_id, load->rows, error);
}

static void
view_read_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autofree GWeakRef *reference = user_data;
  g_autoptr (HandoverMirror) self = g_weak_ref_get (reference);
  ViewLoad *load = handover_workers_get_job (result);
  g_autoptr (GError) error = NULL;

  g_weak_ref_clear (reference);
  if (!handover_workers_finish (HANDOVER_WORKERS (source), result, &error))
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        g_warning ("Could not read the view “%s”: %s", handover_view_to_nick (load->view), error->message);
      return;
    }

  /* A newer load is on its way when they differ. */
  if (self != NULL && self->views[load->view] != NULL && self->view_loads[load->view] == load->load)
    handover_conversation_model_load (self->views[load->view], load->rows);
}

/*
 * handover_mirror_load_view:
 *
 * Reads a view's rows afresh.
 */
void
handover_mirror_load_view (HandoverMirror *self,
                           HandoverView    view)
{
  ViewLoad *load = g_new0 (ViewLoad, 1);
  GWeakRef *reference = g_new0 (GWeakRef, 1);

  load->view = view;
  load->load = ++self->view_loads[view];
  load->operator_id = g_strdup (self->operator_id);
  load->rows = g_array_new (FALSE, FALSE, sizeof (HandoverViewRow));
  g_array_set_clear_func (load->rows, row_clear);
  g_weak_ref_init (reference, self);

  handover_conversation_model_unload (self->views[view]);
  handover_workers_read_async (self->workers, read_view_job, load, view_load_free, self->closing, view_read_cb,
                               reference);
}

/* --- Short lists --- */

static gboolean
load_list (HandoverMirror       *self,
           GType                 type,
           HandoverRecordModel  *model,
           GError              **error)
{
  g_autoptr (GPtrArray) objects = g_ptr_array_new_with_free_func (g_object_unref);

  if (!handover_mirror_store_read_objects (self->reader, type, objects, error))
    return FALSE;

  handover_record_model_retain (model, objects);
  return TRUE;
}

/*
 * handover_mirror_load_objects:
 *
 * Reads what lies in memory whole: operators, agents, channels, templates, the business, and the cursor.
 */
gboolean
handover_mirror_load_objects (HandoverMirror  *self,
                              GError         **error)
{
  g_autoptr (GPtrArray) businesses = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *log = NULL;

  if (!load_list (self, HANDOVER_TYPE_OPERATOR, self->operators, error)
      || !load_list (self, HANDOVER_TYPE_AGENT, self->agents, error)
      || !load_list (self, HANDOVER_TYPE_CHANNEL_ACCOUNT, self->channels, error)
      || !load_list (self, HANDOVER_TYPE_TEMPLATE, self->templates, error)
      || !handover_mirror_store_read_objects (self->reader, HANDOVER_TYPE_BUSINESS, businesses, error)
      || !handover_mirror_store_read_cursor (self->reader, &self->cursor, error)
      || !handover_mirror_store_read_log (self->reader, &log, error))
    return FALSE;

  g_set_str (&self->log, log);

  if (businesses->len > 0)
    g_set_object (&self->business, g_ptr_array_index (businesses, 0));
  self->last_escalation = handover_mirror_store_last_escalation (self->reader);
  return TRUE;
}

/*
 * handover_mirror_refresh_live:
 *
 * Brings the live conversations to what is stored now, which may have been replaced as a whole.
 */
void
handover_mirror_refresh_live (HandoverMirror *self)
{
  g_autoptr (GPtrArray) held = g_ptr_array_new_with_free_func (g_object_unref);
  GHashTableIter iter;
  gpointer live;

  g_hash_table_iter_init (&iter, self->conversations);
  while (g_hash_table_iter_next (&iter, NULL, &live))
    g_ptr_array_add (held, g_object_ref (live));

  for (guint i = 0; i < held->len; i++)
    {
      HandoverConversation *conversation = g_ptr_array_index (held, i);
      g_autoptr (HandoverRecord) record = NULL;

      record = handover_mirror_store_read_conversation (self->reader, conversation->id, NULL);
      if (record != NULL)
        handover_record_update (HANDOVER_RECORD (conversation), record);
    }
}

/* --- Past escalations --- */

typedef struct
{
  HandoverMirror *mirror;
  HandoverRecordModel *model;
  char *conversation_id;
  GPtrArray *found;
  gint64 sequence;
} EscalationLoad;

static void
escalation_load_free (gpointer data)
{
  EscalationLoad *load = data;

  g_clear_object (&load->mirror);
  g_clear_object (&load->model);
  g_ptr_array_unref (load->found);
  g_free (load->conversation_id);
  g_free (load);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EscalationLoad, escalation_load_free)

static EscalationLoad *
escalation_load_new (HandoverMirror      *mirror,
                     HandoverRecordModel *model,
                     const char          *conversation_id)
{
  EscalationLoad *load = g_new0 (EscalationLoad, 1);

  load->mirror = g_object_ref (mirror);
  load->model = model != NULL ? g_object_ref (model) : NULL;
  load->conversation_id = g_strdup (conversation_id);
  load->found = g_ptr_array_new_with_free_func (g_object_unref);
  return load;
}

static int
compare_escalations (gconstpointer a,
                     gconstpointer b)
{
  const HandoverEscalation *one = a;
  const HandoverEscalation *other = b;

  if (one->opened_at != other->opened_at)
    return one->opened_at > other->opened_at ? -1 : 1;

  return -g_strcmp0 (one->id, other->id);
}

static gboolean
read_escalations_job (gpointer   handle,
                      gpointer   job,
                      GError   **error)
{
  EscalationLoad *load = job;

  return handover_mirror_store_read_escalations (((HandoverMirrorHandle *) handle)->database, load->conversation_id,
                                                 load->found, error);
}

static void
escalations_read_cb (GObject      *source,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  EscalationLoad *load = handover_workers_get_job (result);
  g_autoptr (GError) error = NULL;

  if (!handover_workers_finish (HANDOVER_WORKERS (source), result, &error))
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        g_warning ("Could not read past escalations: %s", error->message);
      return;
    }

  for (guint i = 0; i < load->found->len; i++)
    handover_record_model_put (load->model, g_ptr_array_index (load->found, i));
}

static gboolean
put_escalations (HandoverMirrorHandle  *handle,
                 gpointer               data,
                 HandoverChanges       *changes,
                 GError               **error)
{
  EscalationLoad *load = data;

  for (guint i = 0; i < load->found->len; i++)
    {
      if (!handover_mirror_store_put_record (handle->database, g_ptr_array_index (load->found, i), load->sequence,
                                             changes, error))
        return FALSE;
    }

  return TRUE;
}

static void
escalations_answered_cb (GObject      *source,
                         GAsyncResult *result,
                         gpointer      user_data)
{
  g_autoptr (EscalationLoad) load = user_data;
  g_autoptr (HandoverSnapshot) snapshot = handover_snapshot_new ();
  g_autoptr (JsonNode) body = NULL;
  g_autoptr (GError) error = NULL;
  HandoverMirror *self = load->mirror;

  /* What is stored is shown; the rest can wait for the next time that somebody looks. */
  if (!handover_gateway_call_finish (HANDOVER_GATEWAY (source), result, &body, &load->sequence, &error)
      || !handover_snapshot_add_items (snapshot, HANDOVER_TYPE_ESCALATION, body, load->sequence, &error))
    {
      g_debug ("Could not load past escalations: %s", error->message);
      return;
    }

  handover_snapshot_take_records (snapshot, load->found);
  handover_mirror_write_async (self, put_escalations, g_steal_pointer (&load), escalation_load_free, NULL, NULL);
}

/*
 * handover_mirror_new_escalations:
 *
 * Makes the list of a conversation's escalations and has it filled, from what is stored and from the service.
 */
HandoverRecordModel *
handover_mirror_new_escalations (HandoverMirror *self,
                                 const char     *conversation_id)
{
  HandoverRecordModel *model = handover_record_model_new (HANDOVER_TYPE_ESCALATION, compare_escalations);
  g_autofree char *escaped = g_uri_escape_string (conversation_id, NULL, FALSE);
  g_autofree char *path = g_strdup_printf ("/v1/conversations/%s/escalations", escaped);

  handover_workers_read_async (self->workers, read_escalations_job,
                               escalation_load_new (self, model, conversation_id), escalation_load_free,
                               self->closing, escalations_read_cb, NULL);
  if (self->gateway != NULL)
    handover_gateway_call_async (self->gateway, "GET", path, NULL, NULL, self->closing, escalations_answered_cb,
                                 escalation_load_new (self, NULL, conversation_id));

  return model;
}
