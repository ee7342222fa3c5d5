/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * HANDOVER_LOCAL_SERVICE_NAME:
 *
 * Stands for the service on this computer where the address of a service is expected. Its address may change from one
 * start to the next; what is kept under this name stays.
 */
#define HANDOVER_LOCAL_SERVICE_NAME "local:"

/**
 * HandoverLocalServiceState:
 * @HANDOVER_LOCAL_SERVICE_OFF: it does not run, and nobody asked it to
 * @HANDOVER_LOCAL_SERVICE_STARTING: it was asked to run and has not answered yet
 * @HANDOVER_LOCAL_SERVICE_RUNNING: it answers at its address
 * @HANDOVER_LOCAL_SERVICE_DOWN: it ended, or cannot start; it is tried again by itself
 * @HANDOVER_LOCAL_SERVICE_STOPPING: it was asked to stop and is still there
 *
 * How the service on this computer stands.
 */
typedef enum
{
  HANDOVER_LOCAL_SERVICE_OFF,
  HANDOVER_LOCAL_SERVICE_STARTING,
  HANDOVER_LOCAL_SERVICE_RUNNING,
  HANDOVER_LOCAL_SERVICE_DOWN,
  HANDOVER_LOCAL_SERVICE_STOPPING,
} HandoverLocalServiceState;

#define HANDOVER_TYPE_LOCAL_SERVICE_STATE (handover_local_service_state_get_type ())
GType handover_local_service_state_get_type (void);

#define HANDOVER_TYPE_LOCAL_SERVICE (handover_local_service_get_type ())

G_DECLARE_FINAL_TYPE (HandoverLocalService, handover_local_service, HANDOVER, LOCAL_SERVICE, GObject)

HandoverLocalService      *handover_local_service_get_default  (void);
HandoverLocalService      *handover_local_service_new          (const char            *program,
                                                                const char            *folder);
const char                *handover_local_service_get_program  (HandoverLocalService  *self);
const char                *handover_local_service_get_folder   (HandoverLocalService  *self);
HandoverLocalServiceState  handover_local_service_get_state    (HandoverLocalService  *self);
const char                *handover_local_service_get_address  (HandoverLocalService  *self);
const char                *handover_local_service_get_trouble  (HandoverLocalService  *self);
guint                      handover_local_service_get_port     (HandoverLocalService  *self);
gboolean                   handover_local_service_has_moved    (HandoverLocalService  *self);
void                       handover_local_service_take_as_told (HandoverLocalService  *self);

void                       handover_local_service_start_async  (HandoverLocalService  *self,
                                                                GCancellable          *cancellable,
                                                                GAsyncReadyCallback    callback,
                                                                gpointer               user_data);
gboolean                   handover_local_service_start_finish (HandoverLocalService  *self,
                                                                GAsyncResult          *result,
                                                                GError               **error);
void                       handover_local_service_stop_async   (HandoverLocalService  *self,
                                                                GAsyncReadyCallback    callback,
                                                                gpointer               user_data);
void                       handover_local_service_stop_finish  (HandoverLocalService  *self,
                                                                GAsyncResult          *result);

G_END_DECLS
