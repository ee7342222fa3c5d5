/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#define G_LOG_DOMAIN "handover-alert-thread"

#include "config.h"

#include "app/notifications/handover-alert-thread.h"

#include <glib/gi18n.h>
#include <libnotify/notify.h>

#include "app/notifications/handover-alert-file.h"

/* libnotify's calls wait for the desktop, and its signals arrive on the context on which it was first used: so it lives
 * on one thread with a context of its own. Jobs go there, and what the desktop says comes back, by idle sources. */
struct _HandoverAlertThread
{
  GThread *thread;
  GMainContext *context;
  GMainContext *home;
  GMainLoop *loop;
  char *path;

  /* Only touched on the home context; gone once stopped. */
  const HandoverAlertEvents *events;
  gpointer user_data;

  /* Only touched on the thread. */
  HandoverAlertFile *file;
  GHashTable *notifications;
  gboolean has_actions;
  gboolean has_markup;
  gboolean has_sound;
  gboolean is_portal;
};

typedef struct
{
  HandoverAlertThread *thread;
  HandoverAlert *alert;
  char *key;
  char *action;
  char *token;
  gboolean refused;
} Job;

static void
clear_thread (gpointer data)
{
  HandoverAlertThread *self = data;

  g_main_loop_unref (self->loop);
  g_main_context_unref (self->context);
  g_main_context_unref (self->home);
  g_free (self->path);
}

static void
job_free (gpointer data)
{
  Job *job = data;

  g_clear_pointer (&job->alert, handover_alert_free);
  g_free (job->key);
  g_free (job->action);
  g_free (job->token);
  g_atomic_rc_box_release_full (job->thread, clear_thread);
  g_free (job);
}

static Job *
job_new (HandoverAlertThread *self,
         const char          *key)
{
  Job *job = g_new0 (Job, 1);

  job->thread = g_atomic_rc_box_acquire (self);
  job->key = g_strdup (key);

  return job;
}

static void
send (GMainContext *context,
      GSourceFunc   func,
      Job          *job)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, func, job, job_free);
  g_source_attach (source, context);
}

/* What is told at home. */

static gboolean
tell_shown (gpointer user_data)
{
  Job *job = user_data;

  if (job->thread->events != NULL)
    job->thread->events->shown (job->key, job->thread->user_data);

  return G_SOURCE_REMOVE;
}

static gboolean
tell_activated (gpointer user_data)
{
  Job *job = user_data;

  if (job->thread->events != NULL)
    job->thread->events->activated (job->key, job->action, job->token, job->thread->user_data);

  return G_SOURCE_REMOVE;
}

static gboolean
tell_refused (gpointer user_data)
{
  Job *job = user_data;

  if (job->thread->events != NULL)
    job->thread->events->refused (job->refused, job->thread->user_data);

  return G_SOURCE_REMOVE;
}

static gboolean
tell_leftover (gpointer user_data)
{
  Job *job = user_data;

  if (job->thread->events != NULL)
    job->thread->events->leftover (job->key, job->thread->user_data);

  return G_SOURCE_REMOVE;
}

static void
report (HandoverAlertThread *self,
        gboolean             refused)
{
  Job *job = job_new (self, NULL);

  job->refused = refused;
  send (self->home, tell_refused, job);
}

/* What is done on the thread. */

static void
action_cb (NotifyNotification *notification,
           char               *action,
           gpointer            user_data)
{
  HandoverAlertThread *self = user_data;
  Job *job = job_new (self, g_object_get_data (G_OBJECT (notification), "handover-key"));

  job->action = g_strdup (action);
  job->token = g_strdup (notify_notification_get_activation_token (notification));
  send (self->home, tell_activated, job);
}

static gboolean
has_capability (GList      *capabilities,
                const char *name)
{
  return g_list_find_custom (capabilities, name, (GCompareFunc) g_strcmp0) != NULL;
}

/* Asks who shows alerts, which also tells whether anybody does. */
static gboolean
meet_server (HandoverAlertThread *self)
{
  GList *capabilities;
  g_autofree char *name = NULL;

  if (!notify_get_server_info (&name, NULL, NULL, NULL))
    return FALSE;

  self->is_portal = g_str_equal (name, "Portal Notification");
  capabilities = notify_get_server_caps ();
  self->has_actions = has_capability (capabilities, "actions");
  self->has_markup = has_capability (capabilities, "body-markup");
  self->has_sound = has_capability (capabilities, "sound");
  g_list_free_full (capabilities, g_free);

  return TRUE;
}

static void
add_actions (HandoverAlertThread *self,
             NotifyNotification  *notification,
             const HandoverAlert *alert)
{
  notify_notification_clear_actions (notification);
  if (!self->has_actions)
    return;

  if (alert->can_take_over)
    /* Translators: a button of a notification: become the one who answers the customer */
    notify_notification_add_action (notification, "take-over", _("Take Over"), action_cb, self, NULL);

  /* Translators: a button of a notification: look at the conversation */
  notify_notification_add_action (notification, "default", _("Open"), action_cb, self, NULL);

  /* The desktop itself makes no button of the default action; through the portal it is one already. */
  if (alert->can_take_over && !self->is_portal)
    notify_notification_add_action (notification, "open", _("Open"), action_cb, self, NULL);
}

/* The desktop plays it: in the operator's own theme of sounds, and not while they do not want to be disturbed. */
static void
set_sound (HandoverAlertThread *self,
           NotifyNotification  *notification,
           gboolean             has_sound)
{
  GVariant *name = has_sound && self->has_sound ? g_variant_new_string ("message-new-instant") : NULL;

  notify_notification_set_hint (notification, "sound-name", name);
}

static int
get_id (NotifyNotification *notification)
{
  int id;

  g_object_get (notification, "id", &id, NULL);

  return id;
}

/* An alert keeps its id as long as it is shown, so that it replaces itself. Through the portal an id is only a name
 * that we choose; the desktop itself may answer with one of its own. */
static NotifyNotification *
ensure_notification (HandoverAlertThread *self,
                     const HandoverAlert *alert,
                     const char          *body)
{
  NotifyNotification *notification = g_hash_table_lookup (self->notifications, alert->key);
  const char *icon = self->is_portal ? NULL : APP_ID;

  if (notification != NULL)
    {
      notify_notification_update (notification, alert->title, body, icon);
      return notification;
    }

  notification = notify_notification_new (alert->title, body, icon);
  g_object_set (notification, "id", g_random_int_range (1, G_MAXINT32), NULL);
  g_object_set_data_full (G_OBJECT (notification), "handover-key", g_strdup (alert->key), g_free);
  if (!self->is_portal)
    {
      notify_notification_set_hint_string (notification, "desktop-entry", APP_ID);
      notify_notification_set_category (notification, "im.received");
    }
  g_hash_table_insert (self->notifications, g_strdup (alert->key), notification);

  return notification;
}

static gboolean
show_job (gpointer user_data)
{
  Job *job = user_data;
  HandoverAlertThread *self = job->thread;
  g_autofree char *body = NULL;
  g_autoptr (GError) error = NULL;
  NotifyNotification *notification;
  gboolean shown;

  meet_server (self);
  body = self->has_markup ? g_markup_escape_text (job->alert->body, -1) : g_strdup (job->alert->body);
  notification = ensure_notification (self, job->alert, body);
  add_actions (self, notification, job->alert);
  notify_notification_set_urgency (notification, (NotifyUrgency) job->alert->urgency);
  set_sound (self, notification, job->alert->has_sound);

  handover_alert_file_set (self->file, job->alert->key, get_id (notification));
  shown = notify_notification_show (notification, &error);
  if (shown)
    {
      handover_alert_file_set (self->file, job->alert->key, get_id (notification));
      send (self->home, tell_shown, job_new (self, job->alert->key));
    }
  else
    {
      g_message ("The desktop did not show an alert: %s", error->message);
      handover_alert_file_remove (self->file, job->alert->key);
      g_hash_table_remove (self->notifications, job->alert->key);
    }
  report (self, !shown);

  return G_SOURCE_REMOVE;
}

static void
withdraw (HandoverAlertThread *self,
          const char          *key)
{
  NotifyNotification *notification = g_hash_table_lookup (self->notifications, key);
  g_autoptr (GError) error = NULL;

  if (notification == NULL)
    return;

  /* The person may have closed it already, of which the portal tells nothing. */
  if (!notify_notification_close (notification, &error))
    g_debug ("An alert could not be withdrawn: %s", error->message);
  handover_alert_file_remove (self->file, key);
  g_hash_table_remove (self->notifications, key);
}

static gboolean
withdraw_job (gpointer user_data)
{
  Job *job = user_data;

  withdraw (job->thread, job->key);

  return G_SOURCE_REMOVE;
}

static gboolean
withdraw_all_job (gpointer user_data)
{
  Job *job = user_data;
  g_autofree char **keys = (char **) g_hash_table_get_keys_as_array (job->thread->notifications, NULL);
  g_auto (GStrv) copies = g_strdupv (keys);

  for (guint i = 0; copies[i] != NULL; i++)
    withdraw (job->thread, copies[i]);

  return G_SOURCE_REMOVE;
}

static gboolean
quit_job (gpointer user_data)
{
  Job *job = user_data;

  withdraw_all_job (job);
  g_main_loop_quit (job->thread->loop);

  return G_SOURCE_REMOVE;
}

static void
withdraw_leftovers (HandoverAlertThread *self)
{
  g_auto (GStrv) keys = handover_alert_file_get_keys (self->file);

  for (guint i = 0; keys[i] != NULL; i++)
    {
      g_autoptr (NotifyNotification) notification = notify_notification_new ("", NULL, NULL);
      g_autoptr (GError) error = NULL;

      g_object_set (notification, "id", handover_alert_file_get_id (self->file, keys[i]), NULL);
      if (!notify_notification_close (notification, &error))
        g_debug ("An alert of an earlier run could not be withdrawn: %s", error->message);
      handover_alert_file_remove (self->file, keys[i]);
      if (keys[i + 1] == NULL)
        send (self->home, tell_leftover, job_new (self, keys[i]));
    }
}

static gpointer
run (gpointer data)
{
  HandoverAlertThread *self = data;

  g_main_context_push_thread_default (self->context);
  notify_init (_("Handover"));
  self->file = handover_alert_file_open (self->path);
  self->notifications = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);

  report (self, !meet_server (self));
  withdraw_leftovers (self);
  g_main_loop_run (self->loop);

  g_clear_pointer (&self->notifications, g_hash_table_unref);
  g_clear_pointer (&self->file, handover_alert_file_free);
  notify_uninit ();
  /* What it lets go of is freed on this context. */
  while (g_main_context_iteration (self->context, FALSE))
    continue;
  g_main_context_pop_thread_default (self->context);
  g_atomic_rc_box_release_full (self, clear_thread);

  return NULL;
}

/**
 * handover_alert_thread_new:
 * @file: where the ids of shown alerts are kept
 * @events: (transfer none): what to call, for as long as the thread runs
 * @user_data: data for @events
 *
 * Starts the thread. It first withdraws what an earlier run left behind.
 *
 * Returns: (transfer full): the thread
 */
HandoverAlertThread *
handover_alert_thread_new (const char                *file,
                           const HandoverAlertEvents *events,
                           gpointer                   user_data)
{
  HandoverAlertThread *self = g_atomic_rc_box_new0 (HandoverAlertThread);

  self->context = g_main_context_new ();
  self->home = g_main_context_ref_thread_default ();
  self->loop = g_main_loop_new (self->context, FALSE);
  self->path = g_strdup (file);
  self->events = events;
  self->user_data = user_data;
  self->thread = g_thread_new ("alerts", run, g_atomic_rc_box_acquire (self));

  return self;
}

/**
 * handover_alert_thread_stop:
 * @self: (transfer full): the thread
 *
 * Withdraws all alerts and ends the thread; waits for it.
 */
void
handover_alert_thread_stop (HandoverAlertThread *self)
{
  self->events = NULL;
  send (self->context, quit_job, job_new (self, NULL));
  g_thread_join (g_steal_pointer (&self->thread));
  g_atomic_rc_box_release_full (self, clear_thread);
}

/**
 * handover_alert_thread_show:
 * @self: the thread
 * @alert: (transfer full): what to show
 *
 * Shows an alert, in the place of one that is about the same.
 */
void
handover_alert_thread_show (HandoverAlertThread *self,
                            HandoverAlert       *alert)
{
  Job *job = job_new (self, NULL);

  job->alert = alert;
  send (self->context, show_job, job);
}

/**
 * handover_alert_thread_withdraw:
 * @self: the thread
 * @key: what the alert is about
 *
 * Withdraws an alert.
 */
void
handover_alert_thread_withdraw (HandoverAlertThread *self,
                                const char          *key)
{
  send (self->context, withdraw_job, job_new (self, key));
}

/**
 * handover_alert_thread_withdraw_all:
 * @self: the thread
 *
 * Withdraws all alerts.
 */
void
handover_alert_thread_withdraw_all (HandoverAlertThread *self)
{
  send (self->context, withdraw_all_job, job_new (self, NULL));
}
