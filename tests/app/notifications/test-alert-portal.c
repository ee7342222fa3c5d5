/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include <glib/gstdio.h>

#include "app/notifications/handover-alert-file.h"
#include "app/notifications/handover-alert-thread.h"
#include "client/scripted-server.h"

/* Inside a sandbox alerts go through the portal, which knows them by names made of our ids, and tells nothing when one
 * is closed. */

#define NAME "org.freedesktop.portal.Desktop"
#define PATH "/org/freedesktop/portal/desktop"
#define INTERFACE "org.freedesktop.portal.Notification"

static const char introspection[] =
  "<node><interface name='" INTERFACE "'>"
  "<method name='AddNotification'><arg type='s' direction='in'/><arg type='a{sv}' direction='in'/></method>"
  "<method name='RemoveNotification'><arg type='s' direction='in'/></method>"
  "<signal name='ActionInvoked'><arg type='s'/><arg type='s'/><arg type='av'/></signal>"
  "<property name='version' type='u' access='read'/>"
  "</interface></node>";

typedef struct
{
  GDBusConnection *connection;
  GPtrArray *added;
  GPtrArray *removed;
  GVariant *last;
  GString *told;
  guint n_taken;
} Portal;

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
  Portal *portal = user_data;
  char *id;

  g_variant_get_child (parameters, 0, "s", &id);
  if (g_str_equal (method, "AddNotification"))
    {
      g_ptr_array_add (portal->added, id);
      g_clear_pointer (&portal->last, g_variant_unref);
      portal->last = g_variant_get_child_value (parameters, 1);
    }
  else
    {
      g_ptr_array_add (portal->removed, id);
    }

  g_dbus_method_invocation_return_value (invocation, NULL);
}

static GVariant *
get_cb (GDBusConnection *connection,
        const char      *sender,
        const char      *path,
        const char      *interface,
        const char      *property,
        GError         **error,
        gpointer         user_data)
{
  return g_variant_new_uint32 (1);
}

static const GDBusInterfaceVTable vtable = { .method_call = call_cb, .get_property = get_cb };

static void
shown_cb (const char *key,
          gpointer    user_data)
{
  g_assert_cmpstr (key, ==, "conv_1");
  ((Portal *) user_data)->n_taken++;
}

static void
activated_cb (const char *key,
              const char *action,
              const char *token,
              gpointer    user_data)
{
  g_string_append_printf (((Portal *) user_data)->told, "[%s %s]", action, key);
}

static void
refused_cb (gboolean refused,
            gpointer user_data)
{
  g_assert_false (refused);
}

static void
leftover_cb (const char *key,
             gpointer    user_data)
{
  g_string_append_printf (((Portal *) user_data)->told, "[left %s]", key);
}

static const HandoverAlertEvents events = { shown_cb, activated_cb, refused_cb, leftover_cb };

static gpointer
stop_thread (gpointer data)
{
  HandoverAlertThread **thread = data;

  handover_alert_thread_stop (*thread);
  g_atomic_pointer_set (thread, NULL);

  return NULL;
}

static gboolean
has_suffix (GPtrArray  *ids,
            const char *suffix)
{
  for (guint i = 0; i < ids->len; i++)
    if (g_str_has_suffix (g_ptr_array_index (ids, i), suffix))
      return TRUE;

  return FALSE;
}

static HandoverAlert *
new_alert (void)
{
  HandoverAlert *alert = g_new0 (HandoverAlert, 1);

  alert->key = g_strdup ("conv_1");
  alert->title = g_strdup ("Crystal Minh needs a person");
  alert->body = g_strdup ("Wants to return <jeans>");
  alert->urgency = 2;
  alert->can_take_over = TRUE;

  return alert;
}

static void
test_portal (gconstpointer data)
{
  Portal *portal = (Portal *) data;
  g_autofree char *path = g_build_filename (g_get_user_state_dir (), "alerts", NULL);
  g_autoptr (HandoverAlertFile) file = handover_alert_file_open (path);
  g_autoptr (GVariant) buttons = NULL;
  HandoverAlertThread *thread;
  GThread *stopper;
  const char *body;

  handover_alert_file_set (file, "conv_0", 4711);
  thread = handover_alert_thread_new (path, &events, portal);
  wait_until (g_str_equal (portal->told->str, "[left conv_0]"));
  g_assert_true (has_suffix (portal->removed, "-4711"));

  handover_alert_thread_show (thread, new_alert ());
  wait_until (portal->added->len == 1);
  g_assert_true (g_variant_lookup (portal->last, "body", "&s", &body));
  g_assert_cmpstr (body, ==, "Wants to return <jeans>");
  buttons = g_variant_lookup_value (portal->last, "buttons", NULL);
  g_assert_cmpuint (g_variant_n_children (buttons), ==, 2);

  /* Shown again, it takes its own place; withdrawn, it goes by the name that it was given. */
  handover_alert_thread_show (thread, new_alert ());
  wait_until (portal->added->len == 2);
  wait_until (portal->n_taken == 2);
  g_assert_cmpstr (g_ptr_array_index (portal->added, 0), ==, g_ptr_array_index (portal->added, 1));

  g_dbus_connection_emit_signal (portal->connection, NULL, PATH, INTERFACE, "ActionInvoked",
                                 g_variant_new ("(ssav)", g_ptr_array_index (portal->added, 1), "take-over", NULL),
                                 NULL);
  wait_until (g_str_has_suffix (portal->told->str, "[take-over conv_1]"));

  stopper = g_thread_new ("stop", stop_thread, &thread);
  wait_until (g_atomic_pointer_get (&thread) == NULL);
  g_thread_join (stopper);
}

static void
own_portal (Portal *portal)
{
  g_autoptr (GDBusNodeInfo) info = g_dbus_node_info_new_for_xml (introspection, NULL);
  g_autoptr (GVariant) answer = NULL;

  portal->connection = g_dbus_connection_new_for_address_sync (
    g_getenv ("DBUS_SESSION_BUS_ADDRESS"),
    G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION, NULL, NULL, NULL);
  g_assert_nonnull (portal->connection);
  g_dbus_connection_register_object (portal->connection, PATH, info->interfaces[0], &vtable, portal, NULL, NULL);
  answer = g_dbus_connection_call_sync (portal->connection, "org.freedesktop.DBus", "/org/freedesktop/DBus",
                                        "org.freedesktop.DBus", "RequestName", g_variant_new ("(su)", NAME, 0), NULL,
                                        G_DBUS_CALL_FLAGS_NONE, -1, NULL, NULL);
  g_assert_nonnull (answer);
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr (GTestDBus) bus = NULL;
  Portal portal = { NULL };
  int status;

  g_setenv ("NOTIFY_FORCE_PORTAL", "1", TRUE);
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_test_dbus_up (bus);
  portal.added = g_ptr_array_new_with_free_func (g_free);
  portal.removed = g_ptr_array_new_with_free_func (g_free);
  portal.told = g_string_new (NULL);
  own_portal (&portal);

  g_test_add_data_func ("/app/alert-portal/life", &portal, test_portal);
  status = g_test_run ();

  g_dbus_connection_close_sync (portal.connection, NULL, NULL);
  g_clear_object (&portal.connection);
  g_clear_pointer (&portal.last, g_variant_unref);
  g_ptr_array_unref (portal.added);
  g_ptr_array_unref (portal.removed);
  g_string_free (portal.told, TRUE);
  g_test_dbus_stop (bus);

  return status;
}
