/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "app/notifications/notification-recorder.h"

#define NAME "org.freedesktop.Notifications"
#define PATH "/org/freedesktop/Notifications"

static const char introspection[] =
  "<node><interface name='" NAME "'>"
  "<method name='GetCapabilities'><arg type='as' direction='out'/></method>"
  "<method name='GetServerInformation'><arg type='s' direction='out'/><arg type='s' direction='out'/>"
  "<arg type='s' direction='out'/><arg type='s' direction='out'/></method>"
  "<method name='Notify'><arg type='s' direction='in'/><arg type='u' direction='in'/><arg type='s' direction='in'/>"
  "<arg type='s' direction='in'/><arg type='s' direction='in'/><arg type='as' direction='in'/>"
  "<arg type='a{sv}' direction='in'/><arg type='i' direction='in'/><arg type='u' direction='out'/></method>"
  "<method name='CloseNotification'><arg type='u' direction='in'/></method>"
  "<signal name='NotificationClosed'><arg type='u'/><arg type='u'/></signal>"
  "<signal name='ActionInvoked'><arg type='u'/><arg type='s'/></signal>"
  "<signal name='ActivationToken'><arg type='u'/><arg type='s'/></signal>"
  "</interface></node>";

struct _NotificationRecorder
{
  GDBusConnection *connection;
  GDBusNodeInfo *info;
  guint registration;
  GPtrArray *notifications;
  GArray *closed;
  guint next_id;
};

static void
recorded_free (gpointer data)
{
  RecordedNotification *recorded = data;

  g_free (recorded->title);
  g_free (recorded->body);
  g_strfreev (recorded->actions);
  g_variant_unref (recorded->hints);
  g_free (recorded);
}

static guint
record (NotificationRecorder *self,
        GVariant             *parameters)
{
  RecordedNotification *recorded = g_new0 (RecordedNotification, 1);

  g_variant_get (parameters, "(&su&sss^as@a{sv}i)", NULL, &recorded->replaces, NULL, &recorded->title, &recorded->body,
                 &recorded->actions, &recorded->hints, NULL);
  recorded->id = self->next_id++;
  for (guint i = 0; i < self->notifications->len; i++)
    {
      RecordedNotification *earlier = g_ptr_array_index (self->notifications, i);

      if (earlier->id == recorded->replaces && !earlier->closed)
        {
          earlier->closed = TRUE;
          recorded->id = earlier->id;
          self->next_id--;
        }
    }
  g_ptr_array_add (self->notifications, recorded);

  return recorded->id;
}

static void
emit (NotificationRecorder *self,
      const char           *signal,
      GVariant             *parameters)
{
  g_dbus_connection_emit_signal (self->connection, NULL, PATH, NAME, signal, parameters, NULL);
}

static void
close_notification (NotificationRecorder *self,
                    guint                 id)
{
  g_array_append_val (self->closed, id);
  for (guint i = 0; i < self->notifications->len; i++)
    {
      RecordedNotification *recorded = g_ptr_array_index (self->notifications, i);

      if (recorded->id == id)
        recorded->closed = TRUE;
    }
  emit (self, "NotificationClosed", g_variant_new ("(uu)", id, 3));
}

static void
call_cb (GDBusConnection       *connection,
         const char            *sender,
         const char            *path,
         const char            *interface,
         const char            *method,
         GVariant              *parameters,
         GDBusMethodInvocation *invocation,
         gpointer               user_data)
{
  NotificationRecorder *self = user_data;
  const char *const capabilities[] = { "actions", "body", "body-markup", "persistence", "sound", NULL };
  GVariant *answer = NULL;

  if (g_str_equal (method, "GetCapabilities"))
    {
      answer = g_variant_new ("(^as)", capabilities);
    }
  else if (g_str_equal (method, "GetServerInformation"))
    {
      answer = g_variant_new ("(ssss)", "recorder", "Handover", "1", "1.2");
    }
  else if (g_str_equal (method, "Notify"))
    {
      answer = g_variant_new ("(u)", record (self, parameters));
    }
  else
    {
      guint id;

      g_variant_get (parameters, "(u)", &id);
      close_notification (self, id);
    }

  g_dbus_method_invocation_return_value (invocation, answer);
}

static const GDBusInterfaceVTable vtable = { .method_call = call_cb };

static void
call_bus (NotificationRecorder *self,
          const char           *method,
          GVariant             *parameters)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = g_dbus_connection_call_sync (self->connection, "org.freedesktop.DBus",
                                                             "/org/freedesktop/DBus", "org.freedesktop.DBus", method,
                                                             parameters, NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);

  g_assert_no_error (error);
}

NotificationRecorder *
notification_recorder_new (void)
{
  NotificationRecorder *self = g_new0 (NotificationRecorder, 1);
  const GDBusConnectionFlags flags = G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT |
                                     G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION;
  g_autoptr (GError) error = NULL;

  self->notifications = g_ptr_array_new_with_free_func (recorded_free);
  self->closed = g_array_new (FALSE, FALSE, sizeof (guint));
  self->next_id = 100;
  self->info = g_dbus_node_info_new_for_xml (introspection, NULL);
  self->connection = g_dbus_connection_new_for_address_sync (g_getenv ("DBUS_SESSION_BUS_ADDRESS"), flags, NULL, NULL,
                                                             &error);
  g_assert_no_error (error);
  self->registration = g_dbus_connection_register_object (self->connection, PATH, self->info->interfaces[0], &vtable,
                                                          self, NULL, &error);
  g_assert_no_error (error);
  call_bus (self, "RequestName", g_variant_new ("(su)", NAME, 0));

  return self;
}

void
notification_recorder_free (NotificationRecorder *self)
{
  g_dbus_connection_unregister_object (self->connection, self->registration);
  call_bus (self, "ReleaseName", g_variant_new ("(s)", NAME));
  g_dbus_connection_close_sync (self->connection, NULL, NULL);
  g_clear_object (&self->connection);
  g_dbus_node_info_unref (self->info);
  g_ptr_array_unref (self->notifications);
  g_array_unref (self->closed);
  g_free (self);
}

guint
notification_recorder_count (NotificationRecorder *self)
{
  return self->notifications->len;
}

RecordedNotification *
notification_recorder_get (NotificationRecorder *self,
                           guint                 index)
{
  g_assert_cmpuint (index, <, self->notifications->len);

  return g_ptr_array_index (self->notifications, index);
}

/* How many are on the screen. */
guint
notification_recorder_open (NotificationRecorder *self)
{
  guint open = 0;

  for (guint i = 0; i < self->notifications->len; i++)
    open += !notification_recorder_get (self, i)->closed;

  return open;
}

gboolean
notification_recorder_closed (NotificationRecorder *self,
                              guint                 id)
{
  for (guint i = 0; i < self->closed->len; i++)
    if (g_array_index (self->closed, guint, i) == id)
      return TRUE;

  return FALSE;
}

/* A person chooses an action. */
void
notification_recorder_invoke (NotificationRecorder *self,
                              guint                 id,
                              const char           *action,
                              const char           *token)
{
  if (token != NULL)
    emit (self, "ActivationToken", g_variant_new ("(us)", id, token));
  emit (self, "ActionInvoked", g_variant_new ("(us)", id, action));
}
