/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "service/store/handover-store.h"

#include "core/handover-agent.h"
#include "core/handover-business.h"
#include "core/handover-channel-account.h"
#include "core/handover-conversation.h"
#include "core/handover-event.h"
#include "core/handover-message.h"
#include "core/handover-operator.h"
#include "core/handover-problem.h"
#include "core/handover-template.h"
#include "core/handover-time.h"
#include "handover-store-resources.h"

#define RESOURCE_FOLDER "/dev/handover/handoverd/store"

/* The version of the schema from which on logs have ids. */
#define LOG_VERSION 3

struct _HandoverStore
{
  GObject parent_instance;

  HandoverDatabase *database;
  GPtrArray *events;
  guint n_kept;
  char *log_id;
};

G_DEFINE_FINAL_TYPE (HandoverStore, handover_store, G_TYPE_OBJECT)

static void
handover_store_finalize (GObject *object)
{
  HandoverStore *self = HANDOVER_STORE (object);

  g_clear_object (&self->database);
  g_clear_pointer (&self->events, g_ptr_array_unref);
  g_clear_pointer (&self->log_id, g_free);

  G_OBJECT_CLASS (handover_store_parent_class)->finalize (object);
}

static void
handover_store_class_init (HandoverStoreClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = handover_store_finalize;
}

static void
handover_store_init (HandoverStore *self)
{
  self->events = g_ptr_array_new_with_free_func ((GDestroyNotify) handover_log_line_unref);
}

/**
 * handover_store_new:
 * @database: the handle that the store works on
 * @writer: whether the handle writes; the writer brings the schema up to date
 * @error: return location for an error
 *
 * Makes the store of one handle. Like the handle, it belongs to one thread.
 *
 * Returns: (transfer full): a store, or %NULL with @error set
 */
HandoverStore *
handover_store_new (HandoverDatabase  *database,
                    gboolean           writer,
                    GError           **error)
{
  g_autoptr (HandoverStore) self = g_object_new (HANDOVER_TYPE_STORE, NULL);
  g_auto (GStrv) files = NULL;

  self->database = g_object_ref (database);
  if (writer && !handover_database_migrate (database, RESOURCE_FOLDER "/migrations", error))
    return NULL;

  files = g_resource_enumerate_children (handover_store_resources_get_resource (), RESOURCE_FOLDER "/statements",
                                         G_RESOURCE_LOOKUP_FLAGS_NONE, error);
  if (files == NULL)
    return NULL;

  for (char **file = files; *file != NULL; file++)
    {
      g_autofree char *path = g_build_path ("/", RESOURCE_FOLDER "/statements", *file, NULL);

      if (!handover_database_add_statements (database, path, error))
        return NULL;
    }

  return g_steal_pointer (&self);
}

/**
 * handover_store_renew_log:
 * @database: a database that no service has open
 * @error: return location for an error
 *
 * Makes the log another one, as it is once a backup was put back. A database from before logs had ids is left alone: it
 * gets one when it is brought up to date.
 *
 * Returns: whether it was done
 */
gboolean
handover_store_renew_log (HandoverDatabase  *database,
                          GError           **error)
{
  return handover_database_get_version (database) < LOG_VERSION ||
         (handover_database_add_statements (database, RESOURCE_FOLDER "/statements/events.sql", error) &&
          handover_database_run (database, "log.renew", error, ""));
}

/**
 * handover_store_get_database:
 * @self: a store
 *
 * Gets the handle, for the files of `store/`.
 *
 * Returns: (transfer none): the handle
 */
HandoverDatabase *
handover_store_get_database (HandoverStore *self)
{
  return self->database;
}

/**
 * handover_store_new_id:
 * @prefix: what kind of object it is for, such as `cv`
 *
 * Makes an id that was never used: 128 random bits behind the prefix.
 *
 * Returns: (transfer full): the id
 */
char *
handover_store_new_id (const char *prefix)
{
  g_autofree char *uuid = g_uuid_string_random ();
  g_auto (GStrv) parts = g_strsplit (uuid, "-", -1);
  g_autofree char *digits = g_strjoinv ("", parts);

  return g_strdup_printf ("%s_%s", prefix, digits);
}

/**
 * handover_store_start_log:
 * @self: a store
 * @business_id: a business that was just made
 * @error: return location for an error
 *
 * Starts the log of a business at zero.
 *
 * Returns: whether it was started
 */
gboolean
handover_store_start_log (HandoverStore  *self,
                          const char     *business_id,
                          GError        **error)
{
  return handover_database_run (self->database, "log.start", error, "t", business_id);
}

/* Two plain statements: one that changes a row and answers with it first builds a table for its answer. */
static gboolean
take_sequence (HandoverStore  *self,
               const char     *business_id,
               gint64         *sequence,
               GError        **error)
{
  if (!handover_database_run (self->database, "log.advance", error, "t", business_id))
    return FALSE;
  if (handover_database_get_changes (self->database) == 0)
    {
      g_set_error (error, HANDOVER_DATABASE_ERROR, HANDOVER_DATABASE_ERROR_FAILED, "Business %s has no log", business_id);
      return FALSE;
    }

  return handover_store_get_sequence (self, business_id, sequence, error);
}

/* Puts the object where the event names its type. */
static void
set_object (HandoverEvent  *event,
            HandoverRecord *object)
{
  g_object_ref (object);
  if (HANDOVER_IS_CONVERSATION (object))
    event->conversation = HANDOVER_CONVERSATION (object);
  else if (HANDOVER_IS_MESSAGE (object))
    event->message = HANDOVER_MESSAGE (object);
  else if (HANDOVER_IS_ESCALATION (object))
    event->escalation = HANDOVER_ESCALATION (object);
  else if (HANDOVER_IS_OPERATOR (object))
    event->operator = HANDOVER_OPERATOR (object);
  else if (HANDOVER_IS_AGENT (object))
    event->agent = HANDOVER_AGENT (object);
  else if (HANDOVER_IS_CHANNEL_ACCOUNT (object))
    event->channel = HANDOVER_CHANNEL_ACCOUNT (object);
  else if (HANDOVER_IS_TEMPLATE (object))
    event->template = HANDOVER_TEMPLATE (object);
  else if (HANDOVER_IS_BUSINESS (object))
    event->business = HANDOVER_BUSINESS (object);
  else if (HANDOVER_IS_CUSTOMER (object))
    event->customer = HANDOVER_CUSTOMER (object);
  else
    g_assert_not_reached ();
}

/**
 * handover_store_append_event:
 * @self: the writer's store
 * @business_id: whose log
 * @kind: the event's kind
 * @object: the whole changed object
 * @audience: (nullable): who may see it; %NULL: all operators, no agent
 * @error: return location for an error
 *
 * Adds a line with the business's next number, in the transaction that is running.
 *
 * Returns: whether it was added
 */
gboolean
handover_store_append_event (HandoverStore           *self,
                             const char              *business_id,
                             const char              *kind,
                             HandoverRecord          *object,
                             const HandoverAudience  *audience,
                             GError                 **error)
{
  g_autoptr (HandoverEvent) event = g_object_new (HANDOVER_TYPE_EVENT, NULL);
  g_autoptr (HandoverLogLine) line = handover_log_line_new ();
  g_autofree char *data = NULL;

  if (!take_sequence (self, business_id, &line->sequence, error))
    return FALSE;

  line->business_id = g_strdup (business_id);
  line->kind = g_strdup (kind);
  line->at = handover_time_now ();
  if (audience != NULL)
    {
      line->agent_id = g_strdup (audience->agent_id);
      line->operator_id = g_strdup (audience->operator_id);
    }

  event->sequence = line->sequence;
  event->kind = g_strdup (kind);
  event->at = line->at;
  set_object (event, object);
  data = handover_record_to_data (HANDOVER_RECORD (event));

  if (!handover_database_run (self->database, "log.append", error, "titittt",
                              business_id, line->sequence, kind, line->at, line->agent_id, line->operator_id, data))
    return FALSE;

  line->data = g_bytes_new_take (data, strlen (data));
  data = NULL;
  g_ptr_array_add (self->events, g_steal_pointer (&line));
  return TRUE;
}

/**
 * handover_store_signal:
 * @self: the writer's store
 * @business_id: whose operators may see it
 * @signal: something passing
 *
 * Tells the operators something that is not logged, once the transaction that is running is committed.
 */
void
handover_store_signal (HandoverStore  *self,
                       const char     *business_id,
                       HandoverSignal *signal)
{
  g_autoptr (HandoverLogLine) line = handover_log_line_new ();
  char *data = handover_record_to_data (HANDOVER_RECORD (signal));

  line->business_id = g_strdup (business_id);
  line->kind = g_strdup ("signal");
  line->at = signal->at;
  line->data = g_bytes_new_take (data, strlen (data));
  g_ptr_array_add (self->events, g_steal_pointer (&line));
}

/**
 * handover_store_wake_channel:
 * @self: the writer's store
 * @business_id: whose
 * @channel_id: a channel
 * @conversation_id: (nullable): where it has something to send; %NULL: the channel itself changed
 *
 * Tells whoever runs the channel, once the transaction that is running is committed, that there is something to do.
 */
void
handover_store_wake_channel (HandoverStore *self,
                             const char    *business_id,
                             const char    *channel_id,
                             const char    *conversation_id)
{
  g_autoptr (HandoverLogLine) line = handover_log_line_new ();

  line->business_id = g_strdup (business_id);
  line->kind = g_strdup ("wake");
  line->channel_id = g_strdup (channel_id);
  line->conversation_id = g_strdup (conversation_id);
  g_ptr_array_add (self->events, g_steal_pointer (&line));
}

/**
 * handover_store_tell_channel:
 * @self: the writer's store
 * @business_id: whose
 * @channel_id: a channel
 * @kind: `typing` or `press`
 * @about: the platform's name for the chat or the press
 *
 * Tells whoever runs the channel, once the transaction that is running is committed, of something passing that the
 * platform is to show.
 */
void
handover_store_tell_channel (HandoverStore *self,
                             const char    *business_id,
                             const char    *channel_id,
                             const char    *kind,
                             const char    *about)
{
  g_autoptr (HandoverLogLine) line = handover_log_line_new ();

  line->business_id = g_strdup (business_id);
  line->kind = g_strdup (kind);
  line->channel_id = g_strdup (channel_id);
  line->data = g_bytes_new (about, strlen (about) + 1);
  g_ptr_array_add (self->events, g_steal_pointer (&line));
}

/**
 * handover_store_get_sequence:
 * @self: a store
 * @business_id: whose log
 * @sequence: (out): its last number
 * @error: return location for an error
 *
 * Tells the number at which what this transaction sees is true.
 *
 * Returns: whether it could be read
 */
gboolean
handover_store_get_sequence (HandoverStore  *self,
                             const char     *business_id,
                             gint64         *sequence,
                             GError        **error)
{
  HandoverStatement *statement = handover_database_prepare (self->database, "log.sequence", error);
  gboolean row;

  if (statement == NULL)
    return FALSE;

  handover_statement_bind (statement, "t", business_id);
  if (!handover_statement_step (statement, &row, error))
    return FALSE;

  *sequence = row ? handover_statement_get_int (statement, 0) : 0;
  handover_statement_reset (statement);
  return TRUE;
}

/**
 * handover_store_get_log_id:
 * @self: a store
 * @error: return location for an error
 *
 * Tells which log the numbers are of. It changes only when a backup is put back, while no service runs.
 *
 * Returns: (transfer none): the id, or %NULL with @error set
 */
const char *
handover_store_get_log_id (HandoverStore  *self,
                           GError        **error)
{
  HandoverStatement *statement;
  gboolean row;

  if (self->log_id != NULL)
    return self->log_id;

  statement = handover_database_prepare (self->database, "log.id", error);
  if (statement == NULL || !handover_statement_step (statement, &row, error))
    return NULL;

  self->log_id = handover_statement_dup_text (statement, 0);
  handover_statement_reset (statement);
  return self->log_id;
}

/**
 * handover_store_attempt:
 * @self: the writer's store
 * @func: what to do
 * @data: what @func works on
 * @error: return location for the error of @func
 *
 * Does something inside the transaction that is running, and undoes it, with its events, if it fails.
 *
 * Returns: whether it was done
 */
gboolean
handover_store_attempt (HandoverStore      *self,
                        HandoverStoreFunc   func,
                        gpointer            data,
                        GError            **error)
{
  guint n_before = self->events->len;

  if (!handover_database_savepoint (self->database, error))
    return FALSE;
  if (func (self, data, error))
    return handover_database_release (self->database, error);

  g_ptr_array_set_size (self->events, n_before);
  handover_database_rollback_to (self->database, NULL);
  return FALSE;
}

/**
 * handover_store_job_ended:
 * @self: the writer's store
 * @kept: whether the job's changes stay in the transaction
 *
 * Keeps or forgets the events of the job that just ended.
 */
void
handover_store_job_ended (HandoverStore *self,
                          gboolean       kept)
{
  if (!kept)
    g_ptr_array_set_size (self->events, self->n_kept);
  self->n_kept = self->events->len;
}

/**
 * handover_store_batch_ended:
 * @self: the writer's store
 * @committed: whether the transaction was committed
 *
 * Ends a transaction.
 *
 * Returns: (transfer full) (element-type HandoverLogLine) (nullable): the lines that were committed, in order;
 *   %NULL for none
 */
GPtrArray *
handover_store_batch_ended (HandoverStore *self,
                            gboolean       committed)
{
  GPtrArray *events = self->events;

  self->n_kept = 0;
  if (!committed || events->len == 0)
    {
      g_ptr_array_set_size (events, 0);
      return NULL;
    }

  self->events = g_ptr_array_new_with_free_func ((GDestroyNotify) handover_log_line_unref);
  return events;
}
