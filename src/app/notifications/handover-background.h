/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * HandoverBackgroundPermission:
 * @HANDOVER_BACKGROUND_UNASKED: the desktop was not asked yet, or cannot be
 * @HANDOVER_BACKGROUND_ALLOWED: the app may run without a window
 * @HANDOVER_BACKGROUND_REFUSED: it may not
 *
 * Whether alerts reach the operator while the window is closed.
 */
typedef enum
{
  HANDOVER_BACKGROUND_UNASKED,
  HANDOVER_BACKGROUND_ALLOWED,
  HANDOVER_BACKGROUND_REFUSED,
} HandoverBackgroundPermission;

#define HANDOVER_TYPE_BACKGROUND_PERMISSION (handover_background_permission_get_type ())
GType handover_background_permission_get_type (void);

#define HANDOVER_TYPE_BACKGROUND (handover_background_get_type ())

G_DECLARE_FINAL_TYPE (HandoverBackground, handover_background, HANDOVER, BACKGROUND, GObject)

gboolean                      handover_background_in_sandbox     (void);
HandoverBackground           *handover_background_new            (gboolean              sandboxed,
                                                                  gboolean              autostart);
gboolean                      handover_background_get_sandboxed  (HandoverBackground   *self);
HandoverBackgroundPermission  handover_background_get_permission (HandoverBackground   *self);
gboolean                      handover_background_get_autostart  (HandoverBackground   *self);
void                          handover_background_look           (HandoverBackground   *self);
void                          handover_background_ask_async      (HandoverBackground   *self,
                                                                  gboolean              autostart,
                                                                  GCancellable         *cancellable,
                                                                  GAsyncReadyCallback   callback,
                                                                  gpointer              user_data);
gboolean                      handover_background_ask_finish     (HandoverBackground   *self,
                                                                  GAsyncResult         *result,
                                                                  GError              **error);

G_END_DECLS
