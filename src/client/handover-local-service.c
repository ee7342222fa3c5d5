/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#define G_LOG_DOMAIN "handover-local-service"

#include "config.h"

#include "client/handover-local-service.h"

#include <glib/gi18n-lib.h>

#include "client/handover-backoff.h"
#include "client/handover-local-process.h"
#include "client/handover-local-program.h"

/**
 * HandoverLocalService:
 *
 * The service on this computer, run by the app for one desk. While it is wanted it is kept running: when it ends, it is
 * started again, with ever longer pauses in between. It ends with the app, however that ends, because it notices
 * that its standard input is closed.
 *
 * Its state is not stored: it follows from what is wanted, what runs and what went wrong last.
 */
struct _HandoverLocalService
{
  GObject parent_instance;

  char *program;
  char *folder;
  guint port;
  guint told_port;

  gboolean wanted;
  HandoverLocalProcess *process;
  GError *trouble;
  HandoverBackoff *backoff;
  GPtrArray *starts;
  GPtrArray *stops;
};

enum
{
  PROP_0,
  PROP_STATE,
  PROP_PORT,
  PROP_TOLD_PORT,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

G_DEFINE_ENUM_TYPE (HandoverLocalServiceState, handover_local_service_state,
                    G_DEFINE_ENUM_VALUE (HANDOVER_LOCAL_SERVICE_OFF, "off"),
                    G_DEFINE_ENUM_VALUE (HANDOVER_LOCAL_SERVICE_STARTING, "starting"),
                    G_DEFINE_ENUM_VALUE (HANDOVER_LOCAL_SERVICE_RUNNING, "running"),
                    G_DEFINE_ENUM_VALUE (HANDOVER_LOCAL_SERVICE_DOWN, "down"),
                    G_DEFINE_ENUM_VALUE (HANDOVER_LOCAL_SERVICE_STOPPING, "stopping"))

G_DEFINE_FINAL_TYPE (HandoverLocalService, handover_local_service, G_TYPE_OBJECT)

static void begin (gpointer user_data);

static void
set_port (HandoverLocalService *self,
          guint                 property_id,
          guint                *place,
          guint                 port)
{
  if (*place == port)
    return;

  *place = port;
  g_object_notify_by_pspec (G_OBJECT (self), properties[property_id]);
}

static void
notify_state (HandoverLocalService *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}

/* Answers everybody who waits; @error is the answer to them, or %NULL. */
static void
answer (GPtrArray    **tasks,
        const GError  *error)
{
  g_autoptr (GPtrArray) answered = g_steal_pointer (tasks);

  *tasks = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < answered->len; i++)
    {
      GTask *task = answered->pdata[i];

      if (error != NULL)
        g_task_return_error (task, g_error_copy (error));
      else
        g_task_return_boolean (task, TRUE);
    }
}

static void
answer_cancelled (GPtrArray **tasks)
{
  g_autoptr (GError) error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "the service is no longer wanted");

  answer (tasks, error);
}

/* Takes @error. */
static void
fail (HandoverLocalService *self,
      GError               *error)
{
  g_message ("The service on this computer does not run: %s", error->message);
  g_clear_error (&self->trouble);
  self->trouble = error;
  handover_backoff_wait (self->backoff, 0);
  notify_state (self);
  answer (&self->starts, error);
}

static void
ended_cb (HandoverLocalService *self,
          GError               *error)
{
  g_autoptr (HandoverLocalProcess) process = g_steal_pointer (&self->process);
  gboolean was_asked = handover_local_process_was_asked (process);

  g_signal_handlers_disconnect_by_data (process, self);
  if (handover_local_process_was_steady (process))
    handover_backoff_reset (self->backoff);

  if (was_asked)
    answer (&self->stops, NULL);

  if (!self->wanted)
    {
      notify_state (self);
    }
  else if (was_asked)
    {
      begin (self);
    }
  else if (self->port != 0 && g_error_matches (error, G_IO_ERROR, G_IO_ERROR_ADDRESS_IN_USE))
    {
      /* Somebody else took the port while we were away; whoever shows the address says that it is another one. */
      self->port = 0;
      begin (self);
    }
  else
    {
      fail (self, error != NULL ? g_error_copy (error)
                                : g_error_new_literal (G_IO_ERROR, G_IO_ERROR_FAILED, _("The service was ended from outside.")));
    }
}

static void
listening_cb (HandoverLocalService *self,
              guint                 port)
{
  g_clear_error (&self->trouble);
  set_port (self, PROP_PORT, &self->port, port);
  if (self->told_port == 0)
    set_port (self, PROP_TOLD_PORT, &self->told_port, port);
  notify_state (self);
  answer (&self->starts, NULL);
}

static void
begin (gpointer user_data)
{
  HandoverLocalService *self = user_data;

  if (!self->wanted || self->process != NULL)
    return;

  self->process = handover_local_process_start (self->program, self->folder, self->port);
  g_signal_connect_swapped (self->process, "listening", G_CALLBACK (listening_cb), self);
  g_signal_connect_swapped (self->process, "ended", G_CALLBACK (ended_cb), self);
  notify_state (self);
}

static void
handover_local_service_dispose (GObject *object)
{
  HandoverLocalService *self = HANDOVER_LOCAL_SERVICE (object);

  self->wanted = FALSE;
  g_clear_pointer (&self->backoff, handover_backoff_free);
  if (self->process != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->process, self);
      handover_local_process_end (self->process);
    }
  g_clear_object (&self->process);

  G_OBJECT_CLASS (handover_local_service_parent_class)->dispose (object);
}

static void
handover_local_service_finalize (GObject *object)
{
  HandoverLocalService *self = HANDOVER_LOCAL_SERVICE (object);

  g_clear_error (&self->trouble);
  g_ptr_array_unref (self->starts);
  g_ptr_array_unref (self->stops);
  g_free (self->program);
  g_free (self->folder);

  G_OBJECT_CLASS (handover_local_service_parent_class)->finalize (object);
}

static void
handover_local_service_get_property (GObject    *object,
                                     guint       property_id,
                                     GValue     *value,
                                     GParamSpec *pspec)
{
  HandoverLocalService *self = HANDOVER_LOCAL_SERVICE (object);

  switch (property_id)
    {
    case PROP_STATE:
      g_value_set_enum (value, handover_local_service_get_state (self));
      break;
    case PROP_PORT:
      g_value_set_uint (value, self->port);
      break;
    case PROP_TOLD_PORT:
      g_value_set_uint (value, self->told_port);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
handover_local_service_set_property (GObject      *object,
                                     guint         property_id,
                                     const GValue *value,
                                     GParamSpec   *pspec)
{
  HandoverLocalService *self = HANDOVER_LOCAL_SERVICE (object);
  guint *ports[] = {[PROP_PORT] = &self->port, [PROP_TOLD_PORT] = &self->told_port };

  if (property_id == PROP_PORT || property_id == PROP_TOLD_PORT)
    set_port (self, property_id, ports[property_id], g_value_get_uint (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
}

static void
handover_local_service_class_init (HandoverLocalServiceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->dispose = handover_local_service_dispose;
  object_class->finalize = handover_local_service_finalize;
  object_class->get_property = handover_local_service_get_property;
  object_class->set_property = handover_local_service_set_property;

  /**
   * HandoverLocalService:state:
   *
   * How it stands.
   */
  properties[PROP_STATE] = g_param_spec_enum ("state", NULL, NULL, HANDOVER_TYPE_LOCAL_SERVICE_STATE,
                                              HANDOVER_LOCAL_SERVICE_OFF, flags);

  /**
   * HandoverLocalService:port:
   *
   * The port that it had last and gets again, if nobody else took it; 0 before the first start.
   */
  properties[PROP_PORT] = g_param_spec_uint ("port", NULL, NULL, 0, G_MAXUINT16, 0, flags | G_PARAM_WRITABLE);

  /**
   * HandoverLocalService:told-port:
   *
   * The port that agents were told of; 0 before the first start.
   */
  properties[PROP_TOLD_PORT] =
    g_param_spec_uint ("told-port", NULL, NULL, 0, G_MAXUINT16, 0, flags | G_PARAM_WRITABLE);

  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
handover_local_service_init (HandoverLocalService *self)
{
  self->backoff = handover_backoff_new (HANDOVER_BACKOFF_FIRST, HANDOVER_BACKOFF_LAST, begin, self);
  self->starts = g_ptr_array_new_with_free_func (g_object_unref);
  self->stops = g_ptr_array_new_with_free_func (g_object_unref);
}

/**
 * handover_local_service_get_default:
 *
 * Gets the service that this app may run, with its data in the app's own data folder.
 *
 * Returns: (transfer none): the service
 */
HandoverLocalService *
handover_local_service_get_default (void)
{
  static HandoverLocalService *service;

  if (service == NULL)
    {
      g_autofree char *program = handover_local_program_find ();
      g_autofree char *folder = g_build_filename (g_get_user_data_dir (), APP_ID, "service", NULL);

      service = handover_local_service_new (program, folder);
    }

  return service;
}

/**
 * handover_local_service_new:
 * @program: the service's program
 * @folder: where it keeps its data
 *
 * Makes a service that does not run.
 *
 * Returns: (transfer full): the service
 */
HandoverLocalService *
handover_local_service_new (const char *program,
                            const char *folder)
{
  HandoverLocalService *self;

  g_return_val_if_fail (program != NULL && folder != NULL, NULL);

  self = g_object_new (HANDOVER_TYPE_LOCAL_SERVICE, NULL);
  self->program = g_strdup (program);
  self->folder = g_strdup (folder);

  return self;
}

/**
 * handover_local_service_get_program:
 * @self: a service
 *
 * Gets its program.
 *
 * Returns: the path
 */
const char *
handover_local_service_get_program (HandoverLocalService *self)
{
  g_return_val_if_fail (HANDOVER_IS_LOCAL_SERVICE (self), NULL);

  return self->program;
}

/**
 * handover_local_service_get_folder:
 * @self: a service
 *
 * Gets where it keeps its data.
 *
 * Returns: the path
 */
const char *
handover_local_service_get_folder (HandoverLocalService *self)
{
  g_return_val_if_fail (HANDOVER_IS_LOCAL_SERVICE (self), NULL);

  return self->folder;
}

/**
 * handover_local_service_get_state:
 * @self: a service
 *
 * Gets how it stands.
 *
 * Returns: the state
 */
HandoverLocalServiceState
handover_local_service_get_state (HandoverLocalService *self)
{
  g_return_val_if_fail (HANDOVER_IS_LOCAL_SERVICE (self), HANDOVER_LOCAL_SERVICE_OFF);

  if (!self->wanted)
    return self->process != NULL ? HANDOVER_LOCAL_SERVICE_STOPPING : HANDOVER_LOCAL_SERVICE_OFF;
  if (handover_local_service_get_address (self) != NULL)
    return HANDOVER_LOCAL_SERVICE_RUNNING;

  return self->trouble != NULL ? HANDOVER_LOCAL_SERVICE_DOWN : HANDOVER_LOCAL_SERVICE_STARTING;
}

/**
 * handover_local_service_get_address:
 * @self: a service
 *
 * Gets where it answers.
 *
 * Returns: (nullable): the address, %NULL while it does not run
 */
const char *
handover_local_service_get_address (HandoverLocalService *self)
{
  g_return_val_if_fail (HANDOVER_IS_LOCAL_SERVICE (self), NULL);

  return self->process != NULL ? handover_local_process_get_address (self->process) : NULL;
}

/**
 * handover_local_service_get_trouble:
 * @self: a service
 *
 * Gets why it is down.
 *
 * Returns: (nullable): the reason in plain words
 */
const char *
handover_local_service_get_trouble (HandoverLocalService *self)
{
  g_return_val_if_fail (HANDOVER_IS_LOCAL_SERVICE (self), NULL);

  return self->wanted && self->trouble != NULL ? self->trouble->message : NULL;
}

/**
 * handover_local_service_get_port:
 * @self: a service
 *
 * Gets the port that it had last.
 *
 * Returns: the port, 0 before the first start
 */
guint
handover_local_service_get_port (HandoverLocalService *self)
{
  g_return_val_if_fail (HANDOVER_IS_LOCAL_SERVICE (self), 0);

  return self->port;
}

/**
 * handover_local_service_has_moved:
 * @self: a service
 *
 * Tells whether it answers at another address than agents were told of.
 *
 * Returns: %TRUE if they have to be told of the new one
 */
gboolean
handover_local_service_has_moved (HandoverLocalService *self)
{
  g_return_val_if_fail (HANDOVER_IS_LOCAL_SERVICE (self), FALSE);

  return handover_local_service_get_address (self) != NULL && self->port != self->told_port;
}

/**
 * handover_local_service_take_as_told:
 * @self: a service
 *
 * Says that agents know the address.
 */
void
handover_local_service_take_as_told (HandoverLocalService *self)
{
  g_return_if_fail (HANDOVER_IS_LOCAL_SERVICE (self));

  set_port (self, PROP_TOLD_PORT, &self->told_port, self->port);
  notify_state (self);
}

/**
 * handover_local_service_start_async:
 * @self: a service
 * @cancellable: (nullable): a cancellable; it ends the waiting, not the service
 * @callback: called when it answers, or the first try has failed
 * @user_data: for @callback
 *
 * Starts the service, now if it waits to be started again, and keeps it running until handover_local_service_stop_async().
 * A start that failed is tried again as well.
 */
void
handover_local_service_start_async (HandoverLocalService *self,
                                    GCancellable         *cancellable,
                                    GAsyncReadyCallback   callback,
                                    gpointer              user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_return_if_fail (HANDOVER_IS_LOCAL_SERVICE (self));

  g_task_set_source_tag (task, handover_local_service_start_async);
  if (!self->wanted)
    {
      self->wanted = TRUE;
      handover_backoff_reset (self->backoff);
      g_clear_error (&self->trouble);
      notify_state (self);
    }

  if (handover_local_service_get_address (self) != NULL)
    {
      g_task_return_boolean (task, TRUE);
      return;
    }

  g_ptr_array_add (self->starts, g_steal_pointer (&task));
  handover_backoff_cancel (self->backoff);
  begin (self);
}

/**
 * handover_local_service_start_finish:
 * @self: a service
 * @result: the result
 * @error: return location for an error that a person can read
 *
 * Ends handover_local_service_start_async().
 *
 * Returns: whether it answers
 */
gboolean
handover_local_service_start_finish (HandoverLocalService  *self,
                                     GAsyncResult          *result,
                                     GError               **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * handover_local_service_stop_async:
 * @self: a service
 * @callback: called when it has ended
 * @user_data: for @callback
 *
 * Lets the service finish what is under way, and end.
 */
void
handover_local_service_stop_async (HandoverLocalService *self,
                                   GAsyncReadyCallback   callback,
                                   gpointer              user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);

  g_return_if_fail (HANDOVER_IS_LOCAL_SERVICE (self));

  g_task_set_source_tag (task, handover_local_service_stop_async);
  self->wanted = FALSE;
  handover_backoff_cancel (self->backoff);
  answer_cancelled (&self->starts);
  if (self->process != NULL)
    g_ptr_array_add (self->stops, g_steal_pointer (&task));
  else
    g_task_return_boolean (task, TRUE);
  if (self->process != NULL)
    handover_local_process_end (self->process);
  notify_state (self);
}

/**
 * handover_local_service_stop_finish:
 * @self: a service
 * @result: the result
 *
 * Ends handover_local_service_stop_async().
 */
void
handover_local_service_stop_finish (HandoverLocalService *self,
                                    GAsyncResult         *result)
{
  g_task_propagate_boolean (G_TASK (result), NULL);
}
