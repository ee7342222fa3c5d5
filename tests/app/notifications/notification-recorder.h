/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A desktop's notification service on the session bus, which shows nothing and remembers everything. Like GNOME's, it
 * chooses its own ids. */

typedef struct _NotificationRecorder NotificationRecorder;

typedef struct
{
  guint id;
  guint replaces;
  char *title;
  char *body;
  char **actions;
  GVariant *hints;
  gboolean closed;
} RecordedNotification;

NotificationRecorder *notification_recorder_new    (void);
void                  notification_recorder_free   (NotificationRecorder *self);
guint                 notification_recorder_count  (NotificationRecorder *self);
RecordedNotification *notification_recorder_get    (NotificationRecorder *self,
                                                    guint                 index);
guint                 notification_recorder_open   (NotificationRecorder *self);
gboolean              notification_recorder_closed (NotificationRecorder *self,
                                                    guint                 id);
void                  notification_recorder_invoke (NotificationRecorder *self,
                                                    guint                 id,
                                                    const char           *action,
                                                    const char           *token);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NotificationRecorder, notification_recorder_free)

G_END_DECLS
