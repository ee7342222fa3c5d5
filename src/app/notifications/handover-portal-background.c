/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#define G_LOG_DOMAIN "handover-portal-background"

#include "config.h"

#include "app/notifications/handover-portal-background.h"

#include <glib/gi18n.h>

#define PORTAL_NAME "org.freedesktop.portal.Desktop"
#define PORTAL_PATH "/org/freedesktop/portal/desktop"
#define BACKGROUND "org.freedesktop.portal.Background"
#define REQUEST "org.freedesktop.portal.Request"

/* One question to the desktop, which may ask the person and so take any time: its answer is a signal, listened for
 * before the question is put. */

typedef struct
{
  GDBusConnection *connection;
  char *token;
  guint response;
  guint watch;
  gboolean wants_autostart;
  gboolean background;
  gboolean autostart;
} Question;

static void
stop_listening (Question *question)
{
  if (question->response != 0)
    g_dbus_connection_signal_unsubscribe (question->connection, question->response);
  if (question->watch != 0)
    g_bus_unwatch_name (question->watch);
  question->response = 0;
  question->watch = 0;
}

static void
question_free (gpointer data)
{
  Question *question = data;

  stop_listening (question);
  g_clear_object (&question->connection);
  g_free (question->token);
  g_free (question);
}

static void
response_cb (GDBusConnection *connection,
             const char      *sender,
             const char      *path,
             const char      *interface,
             const char      *signal,
             GVariant        *parameters,
             gpointer         user_data)
{
  g_autoptr (GTask) task = g_object_ref (user_data);
  Question *question = g_task_get_task_data (task);
  g_autoptr (GVariant) results = NULL;
  guint response;

  if (!g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(ua{sv})")))
    return;

  g_variant_get (parameters, "(u@a{sv})", &response, &results);
  stop_listening (question);
  /* Who closes the question has not agreed. */
  if (response == 0)
    {
      g_variant_lookup (results, "background", "b", &question->background);
      g_variant_lookup (results, "autostart", "b", &question->autostart);
    }
  g_task_return_boolean (task, TRUE);
}

static void
vanished_cb (GDBusConnection *connection,
             const char      *name,
             gpointer         user_data)
{
  g_autoptr (GTask) task = g_object_ref (user_data);

  stop_listening (g_task_get_task_data (task));
  g_task_return_new_error_literal (task, G_IO_ERROR, G_IO_ERROR_CLOSED,
                                   _("The desktop did not answer. Try again."));
}

static void
listen_for_response (GTask      *task,
                     const char *path)
{
  Question *question = g_task_get_task_data (task);

  if (question->response != 0)
    g_dbus_connection_signal_unsubscribe (question->connection, question->response);
  question->response = g_dbus_connection_signal_subscribe (question->connection, PORTAL_NAME, REQUEST, "Response", path,
                                                           NULL, G_DBUS_SIGNAL_FLAGS_NONE, response_cb,
                                                           g_object_ref (task), g_object_unref);
}

static char *
get_request_path (Question *question)
{
  g_autofree char *sender = g_strdup (g_dbus_connection_get_unique_name (question->connection) + 1);

  g_strdelimit (sender, ".", '_');

  return g_strconcat (PORTAL_PATH "/request/", sender, "/", question->token, NULL);
}

static void
asked_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Question *question = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = g_dbus_connection_call_finish (question->connection, result, &error);
  g_autofree char *expected = get_request_path (question);
  const char *path;

  if (answer == NULL)
    {
      stop_listening (question);
      g_dbus_error_strip_remote_error (error);
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                               /* Translators: %s is the reason that the system gives */
                               _("This desktop cannot be asked (%s)."), error->message);
      return;
    }

  /* Answered already. */
  if (question->response == 0)
    return;

  g_variant_get (answer, "(&o)", &path);
  if (!g_str_equal (path, expected))
    listen_for_response (task, path);
  question->watch = g_bus_watch_name_on_connection (question->connection, PORTAL_NAME, G_BUS_NAME_WATCHER_FLAGS_NONE,
                                                    NULL, vanished_cb, g_object_ref (task), g_object_unref);
}

static void
ask (GTask *task)
{
  Question *question = g_task_get_task_data (task);
  g_autofree char *path = get_request_path (question);
  const char *command[] = { "handover", "--background", NULL };
  GVariantBuilder options;

  listen_for_response (task, path);
  g_variant_builder_init (&options, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&options, "{sv}", "handle_token", g_variant_new_string (question->token));
  g_variant_builder_add (&options, "{sv}", "reason",
                         /* Translators: the desktop shows it when it asks whether Handover may run in the background */
                         g_variant_new_string (_("Handover alerts you when a customer needs a person.")));
  g_variant_builder_add (&options, "{sv}", "autostart", g_variant_new_boolean (question->wants_autostart));
  g_variant_builder_add (&options, "{sv}", "commandline", g_variant_new_strv (command, -1));
  g_dbus_connection_call (question->connection, PORTAL_NAME, PORTAL_PATH, BACKGROUND, "RequestBackground",
                          g_variant_new ("(sa{sv})", "", &options), G_VARIANT_TYPE ("(o)"), G_DBUS_CALL_FLAGS_NONE, -1,
                          g_task_get_cancellable (task), asked_cb, g_object_ref (task));
}

static void
connected_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Question *question = g_task_get_task_data (task);
  GError *error = NULL;

  question->connection = g_bus_get_finish (result, &error);
  if (question->connection == NULL)
    g_task_return_error (task, error);
  else
    ask (task);
}

/**
 * handover_portal_background_request_async:
 * @autostart: whether to start at login as well
 * @cancellable: (nullable): a cancellable
 * @callback: called when the desktop has answered
 * @user_data: for @callback
 *
 * Asks the desktop to let this app run without a window.
 */
void
handover_portal_background_request_async (gboolean             autostart,
                                          GCancellable        *cancellable,
                                          GAsyncReadyCallback  callback,
                                          gpointer             user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  Question *question = g_new0 (Question, 1);

  question->token = g_strdup_printf ("handover%u", g_random_int ());
  question->wants_autostart = autostart;
  g_task_set_source_tag (task, handover_portal_background_request_async);
  g_task_set_task_data (task, question, question_free);
  g_bus_get (G_BUS_TYPE_SESSION, cancellable, connected_cb, task);
}

/**
 * handover_portal_background_request_finish:
 * @result: the result
 * @background: (out): whether it may run without a window
 * @autostart: (out): whether it is started at login
 * @error: return location for an error that a person can read
 *
 * Ends handover_portal_background_request_async().
 *
 * Returns: %FALSE with @error if the desktop cannot be asked
 */
gboolean
handover_portal_background_request_finish (GAsyncResult  *result,
                                           gboolean      *background,
                                           gboolean      *autostart,
                                           GError       **error)
{
  Question *question = g_task_get_task_data (G_TASK (result));

  *background = question->background;
  *autostart = question->autostart;

  return g_task_propagate_boolean (G_TASK (result), error);
}
