/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#define G_LOG_DOMAIN "handover-background"

#include "config.h"

#include "app/notifications/handover-background.h"

#include "app/notifications/handover-autostart-file.h"
#include "app/notifications/handover-portal-background.h"

/**
 * HandoverBackground:
 *
 * Whether the app may go on without its window, and is started at login. In a sandbox the desktop decides both, and its
 * last answer is what is known; outside, nobody has to be asked, and a file tells what happens at login.
 */
struct _HandoverBackground
{
  GObject parent_instance;

  gboolean sandboxed;
  HandoverBackgroundPermission permission;
  gboolean autostart;
};

enum
{
  PROP_0,
  PROP_PERMISSION,
  PROP_AUTOSTART,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

G_DEFINE_ENUM_TYPE (HandoverBackgroundPermission, handover_background_permission,
                    G_DEFINE_ENUM_VALUE (HANDOVER_BACKGROUND_UNASKED, "unasked"),
                    G_DEFINE_ENUM_VALUE (HANDOVER_BACKGROUND_ALLOWED, "allowed"),
                    G_DEFINE_ENUM_VALUE (HANDOVER_BACKGROUND_REFUSED, "refused"))

G_DEFINE_FINAL_TYPE (HandoverBackground, handover_background, G_TYPE_OBJECT)

static void
set_permission (HandoverBackground           *self,
                HandoverBackgroundPermission  permission)
{
  if (self->permission == permission)
    return;

  self->permission = permission;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PERMISSION]);
}

static void
set_autostart (HandoverBackground *self,
               gboolean            autostart)
{
  if (self->autostart == autostart)
    return;

  self->autostart = autostart;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_AUTOSTART]);
}

static void
portal_answered_cb (GObject      *object,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  HandoverBackground *self = g_task_get_source_object (task);
  GError *error = NULL;
  gboolean background;
  gboolean autostart;

  if (!handover_portal_background_request_finish (result, &background, &autostart, &error))
    {
      g_message ("The desktop was not asked: %s", error->message);
      g_task_return_error (task, error);
      return;
    }

  set_autostart (self, autostart);
  set_permission (self, background ? HANDOVER_BACKGROUND_ALLOWED : HANDOVER_BACKGROUND_REFUSED);
  g_task_return_boolean (task, TRUE);
}

static void
file_answered_cb (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  gboolean enabled;

  if (!handover_autostart_file_finish (result, &enabled, &error))
    {
      g_task_return_error (task, error);
      return;
    }

  set_autostart (g_task_get_source_object (task), enabled);
  g_task_return_boolean (task, TRUE);
}

static void
handover_background_get_property (GObject    *object,
                                  guint       property_id,
                                  GValue     *value,
                                  GParamSpec *pspec)
{
  HandoverBackground *self = HANDOVER_BACKGROUND (object);

  switch (property_id)
    {
    case PROP_PERMISSION:
      g_value_set_enum (value, self->permission);
      break;
    case PROP_AUTOSTART:
      g_value_set_boolean (value, self->autostart);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
handover_background_class_init (HandoverBackgroundClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = handover_background_get_property;

  /**
   * HandoverBackground:permission:
   *
   * Whether the app may run without a window.
   */
  properties[PROP_PERMISSION] = g_param_spec_enum ("permission", NULL, NULL, HANDOVER_TYPE_BACKGROUND_PERMISSION,
                                                   HANDOVER_BACKGROUND_UNASKED, flags);

  /**
   * HandoverBackground:autostart:
   *
   * Whether the desktop starts the app at login.
   */
  properties[PROP_AUTOSTART] = g_param_spec_boolean ("autostart", NULL, NULL, FALSE, flags);

  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
handover_background_init (HandoverBackground *self)
{
}

/**
 * handover_background_in_sandbox:
 *
 * Tells whether this program runs in a sandbox. `HANDOVER_ASSUME_SANDBOX` lets one that does not behave so.
 *
 * Returns: %TRUE if the desktop has to be asked
 */
gboolean
handover_background_in_sandbox (void)
{
  return g_getenv ("HANDOVER_ASSUME_SANDBOX") != NULL || g_file_test ("/.flatpak-info", G_FILE_TEST_EXISTS);
}

/**
 * handover_background_new:
 * @sandboxed: whether the desktop has to be asked
 * @autostart: what the desktop said last; only needed in a sandbox
 *
 * Makes what knows whether the app may go on without its window.
 *
 * Returns: (transfer full): the object
 */
HandoverBackground *
handover_background_new (gboolean sandboxed,
                         gboolean autostart)
{
  HandoverBackground *self = g_object_new (HANDOVER_TYPE_BACKGROUND, NULL);

  self->sandboxed = sandboxed;
  self->permission = sandboxed ? HANDOVER_BACKGROUND_UNASKED : HANDOVER_BACKGROUND_ALLOWED;
  self->autostart = sandboxed && autostart;

  return self;
}

/**
 * handover_background_get_sandboxed:
 * @self: the object
 *
 * Tells whether the desktop decides.
 *
 * Returns: %TRUE in a sandbox
 */
gboolean
handover_background_get_sandboxed (HandoverBackground *self)
{
  g_return_val_if_fail (HANDOVER_IS_BACKGROUND (self), FALSE);

  return self->sandboxed;
}

/**
 * handover_background_get_permission:
 * @self: the object
 *
 * Gets whether the app may run without a window.
 *
 * Returns: the permission
 */
HandoverBackgroundPermission
handover_background_get_permission (HandoverBackground *self)
{
  g_return_val_if_fail (HANDOVER_IS_BACKGROUND (self), HANDOVER_BACKGROUND_UNASKED);

  return self->permission;
}

/**
 * handover_background_get_autostart:
 * @self: the object
 *
 * Gets whether the desktop starts the app at login.
 *
 * Returns: %TRUE if it does
 */
gboolean
handover_background_get_autostart (HandoverBackground *self)
{
  g_return_val_if_fail (HANDOVER_IS_BACKGROUND (self), FALSE);

  return self->autostart;
}

/**
 * handover_background_look:
 * @self: the object
 *
 * Finds out what is true now. In a sandbox this asks, so call it only if the person was asked before: the desktop then
 * answers by itself.
 */
void
handover_background_look (HandoverBackground *self)
{
  g_return_if_fail (HANDOVER_IS_BACKGROUND (self));

  if (self->sandboxed)
    handover_background_ask_async (self, self->autostart, NULL, NULL, NULL);
  else
    handover_autostart_file_read_async (NULL, file_answered_cb, g_task_new (self, NULL, NULL, NULL));
}

/**
 * handover_background_ask_async:
 * @self: the object
 * @autostart: whether to start at login as well
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is known
 * @user_data: for @callback
 *
 * Asks to run without a window, and to start at login or not. What came of it is in the properties.
 */
void
handover_background_ask_async (HandoverBackground  *self,
                               gboolean             autostart,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_return_if_fail (HANDOVER_IS_BACKGROUND (self));

  g_task_set_source_tag (task, handover_background_ask_async);
  if (self->sandboxed)
    handover_portal_background_request_async (autostart, cancellable, portal_answered_cb, task);
  else
    handover_autostart_file_write_async (autostart, cancellable, file_answered_cb, task);
}

/**
 * handover_background_ask_finish:
 * @self: the object
 * @result: the result
 * @error: return location for an error that a person can read
 *
 * Ends handover_background_ask_async().
 *
 * Returns: %FALSE with @error if there was no answer
 */
gboolean
handover_background_ask_finish (HandoverBackground  *self,
                                GAsyncResult        *result,
                                GError             **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
