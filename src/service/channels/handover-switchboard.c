/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#define G_LOG_DOMAIN "handover-switchboard"

#include "service/channels/handover-switchboard.h"

#include "service/store/handover-log-line.h"

/**
 * HandoverSwitchboard:
 *
 * Runs a line for every connected channel of every business, each for itself.
 */
struct _HandoverSwitchboard
{
  GObject parent_instance;

  HandoverLineOptions options;
  HandoverWorkers *workers;
  GMainContext *context;
  GHashTable *lines;
  GHashTable *ending;
  GTask *stopping;
  gboolean stopped;
};

G_DEFINE_FINAL_TYPE (HandoverSwitchboard, handover_switchboard, G_TYPE_OBJECT)

/* A look at what is stored: of one channel, or of all. */
typedef struct
{
  char *id;
  GPtrArray *rows;
} Look;

static void look (HandoverSwitchboard *self,
                  const char          *id);

static void
look_free (gpointer data)
{
  Look *job = data;

  g_free (job->id);
  g_clear_pointer (&job->rows, g_ptr_array_unref);
  g_free (job);
}

static void
handover_switchboard_finalize (GObject *object)
{
  HandoverSwitchboard *self = HANDOVER_SWITCHBOARD (object);

  g_hash_table_unref (self->lines);
  g_hash_table_unref (self->ending);
  g_clear_object (&self->workers);
  g_clear_pointer (&self->context, g_main_context_unref);

  G_OBJECT_CLASS (handover_switchboard_parent_class)->finalize (object);
}

static void
handover_switchboard_class_init (HandoverSwitchboardClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = handover_switchboard_finalize;
}

static void
handover_switchboard_init (HandoverSwitchboard *self)
{
  self->context = g_main_context_ref_thread_default ();
  self->lines = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->ending = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

/**
 * handover_switchboard_new:
 * @options: what channels are run with; all of it outlives the switchboard
 *
 * Makes a switchboard without lines.
 *
 * Returns: (transfer full): a switchboard
 */
HandoverSwitchboard *
handover_switchboard_new (const HandoverLineOptions *options)
{
  HandoverSwitchboard *self = g_object_new (HANDOVER_TYPE_SWITCHBOARD, NULL);

  self->options = *options;
  self->workers = g_object_ref (options->workers);
  return self;
}

static void
check_stopped (HandoverSwitchboard *self)
{
  GTask *task;

  if (self->stopping == NULL || g_hash_table_size (self->ending) > 0)
    return;

  task = g_steal_pointer (&self->stopping);
  g_task_return_boolean (task, TRUE);
  g_object_unref (task);
}

typedef struct
{
  HandoverSwitchboard *self;
  char *id;
} Ending;

/* Only now may the channel be run anew: what was on its way is settled. */
static void
ended_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      data)
{
  Ending *ending = data;
  HandoverSwitchboard *self = ending->self;

  handover_line_stop_finish (HANDOVER_LINE (object), result);
  g_hash_table_remove (self->ending, ending->id);
  if (!self->stopped)
    look (self, ending->id);
  check_stopped (self);

  g_object_unref (ending->self);
  g_free (ending->id);
  g_free (ending);
}

static void
end_line (HandoverSwitchboard *self,
          const char          *id)
{
  g_autoptr (HandoverLine) line = g_object_ref (g_hash_table_lookup (self->lines, id));
  Ending *ending = g_new0 (Ending, 1);

  ending->self = g_object_ref (self);
  ending->id = g_strdup (id);
  g_hash_table_add (self->ending, g_strdup (id));
  g_hash_table_remove (self->lines, id);
  handover_line_stop_async (line, ended_cb, ending);
}

static void
follow (HandoverSwitchboard  *self,
        HandoverStoreChannel *row)
{
  const char *id = row->account->id;
  HandoverLine *line = g_hash_table_lookup (self->lines, id);

  if (g_hash_table_contains (self->ending, id))
    return;
  if (line != NULL && handover_line_is_current (line, row))
    return;
  if (line != NULL)
    {
      end_line (self, id);
      return;
    }

  line = handover_line_new (&self->options, row);
  g_hash_table_insert (self->lines, g_strdup (id), line);
  handover_line_start (line);
}

static gboolean
look_job (gpointer   store,
          gpointer   data,
          GError   **error)
{
  Look *job = data;
  HandoverStoreChannel *row;

  if (job->id == NULL)
    {
      job->rows = handover_store_list_connected (store, error);
      return job->rows != NULL;
    }

  if (!handover_store_find_channel (store, job->id, &row, error))
    return FALSE;

  job->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) handover_store_channel_free);
  if (row != NULL)
    g_ptr_array_add (job->rows, row);
  return TRUE;
}

typedef struct
{
  HandoverSwitchboard *self;
  char *id;
} Again;

static void
again_free (gpointer data)
{
  Again *again = data;

  g_object_unref (again->self);
  g_free (again->id);
  g_free (again);
}

static gboolean
again_cb (gpointer data)
{
  Again *again = data;

  if (!again->self->stopped)
    look (again->self, again->id);
  return G_SOURCE_REMOVE;
}

static void
look_again (HandoverSwitchboard *self,
            const char          *id)
{
  Again *again = g_new0 (Again, 1);

  again->self = g_object_ref (self);
  again->id = g_strdup (id);
  g_timeout_add_full (G_PRIORITY_DEFAULT, self->options.config->channel_retry, again_cb, again, again_free);
}

static void
looked_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (HandoverSwitchboard) self = data;
  Look *job = handover_workers_get_job (result);
  g_autoptr (GError) error = NULL;

  if (self->stopped)
    return;
  if (!handover_workers_finish (HANDOVER_WORKERS (object), result, &error))
    {
      g_warning ("The channels cannot be read: %s", error->message);
      look_again (self, job->id);
      return;
    }

  for (guint i = 0; i < job->rows->len; i++)
    follow (self, job->rows->pdata[i]);
  if (job->id != NULL && job->rows->len == 0 && g_hash_table_contains (self->lines, job->id))
    end_line (self, job->id);
}

static void
look (HandoverSwitchboard *self,
      const char          *id)
{
  Look *job = g_new0 (Look, 1);

  job->id = g_strdup (id);
  handover_workers_read_async (self->workers, look_job, job, look_free, NULL, looked_cb, g_object_ref (self));
}

/**
 * handover_switchboard_start:
 * @self: a switchboard
 *
 * Begins with all channels that are connected.
 */
void
handover_switchboard_start (HandoverSwitchboard *self)
{
  look (self, NULL);
}

typedef struct
{
  HandoverSwitchboard *self;
  GPtrArray *wakes;
} News;

static void
news_free (gpointer data)
{
  News *news = data;

  g_object_unref (news->self);
  g_ptr_array_unref (news->wakes);
  g_free (news);
}

static void
pass_on (HandoverLine    *line,
         HandoverLogLine *wake)
{
  if (wake->data == NULL)
    handover_line_wake (line, wake->conversation_id);
  else if (g_str_equal (wake->kind, "typing"))
    handover_line_show_typing (line, g_bytes_get_data (wake->data, NULL));
  else
    handover_line_answer_press (line, g_bytes_get_data (wake->data, NULL));
}

static gboolean
news_cb (gpointer data)
{
  News *news = data;
  HandoverSwitchboard *self = news->self;

  for (guint i = 0; i < news->wakes->len && !self->stopped; i++)
    {
      HandoverLogLine *wake = news->wakes->pdata[i];
      HandoverLine *line = g_hash_table_lookup (self->lines, wake->channel_id);

      if (wake->conversation_id == NULL && wake->data == NULL)
        look (self, wake->channel_id);
      else if (line != NULL)
        pass_on (line, wake);
    }

  return G_SOURCE_REMOVE;
}

/**
 * handover_switchboard_tell:
 * @self: a switchboard
 * @wakes: (transfer full) (element-type HandoverLogLine): what is committed now
 *
 * Tells of channels that have something to do. Any thread may.
 */
void
handover_switchboard_tell (HandoverSwitchboard *self,
                           GPtrArray           *wakes)
{
  News *news = g_new0 (News, 1);

  news->self = g_object_ref (self);
  news->wakes = wakes;
  g_main_context_invoke_full (self->context, G_PRIORITY_DEFAULT, news_cb, news, news_free);
}

/**
 * handover_switchboard_stop_async:
 * @self: a switchboard
 * @callback: called when nothing is under way any more
 * @user_data: for @callback
 *
 * Ends all lines.
 */
void
handover_switchboard_stop_async (HandoverSwitchboard *self,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  g_autoptr (GPtrArray) ids = g_hash_table_get_keys_as_ptr_array (self->lines);

  self->stopped = TRUE;
  self->stopping = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (self->stopping, handover_switchboard_stop_async);
  for (guint i = 0; i < ids->len; i++)
    end_line (self, ids->pdata[i]);
  check_stopped (self);
}

/**
 * handover_switchboard_stop_finish:
 * @self: a switchboard
 * @result: the result
 *
 * Finishes [method@Switchboard.stop_async].
 */
void
handover_switchboard_stop_finish (HandoverSwitchboard *self,
                                  GAsyncResult        *result)
{
  g_task_propagate_boolean (G_TASK (result), NULL);
}
