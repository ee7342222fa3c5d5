/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _HandoverAlertFile HandoverAlertFile;

HandoverAlertFile *handover_alert_file_open     (const char        *path);
void               handover_alert_file_free     (HandoverAlertFile *self);
void               handover_alert_file_set      (HandoverAlertFile *self,
                                                 const char        *key,
                                                 int                id);
void               handover_alert_file_remove   (HandoverAlertFile *self,
                                                 const char        *key);
char             **handover_alert_file_get_keys (HandoverAlertFile *self);
int                handover_alert_file_get_id   (HandoverAlertFile *self,
                                                 const char        *key);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HandoverAlertFile, handover_alert_file_free)

G_END_DECLS
