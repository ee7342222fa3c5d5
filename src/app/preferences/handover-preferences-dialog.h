/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include <adwaita.h>

#include "app/notifications/handover-background.h"
#include "client/handover-account.h"

G_BEGIN_DECLS

#define HANDOVER_TYPE_PREFERENCES_DIALOG (handover_preferences_dialog_get_type ())

G_DECLARE_FINAL_TYPE (HandoverPreferencesDialog, handover_preferences_dialog, HANDOVER, PREFERENCES_DIALOG, AdwPreferencesDialog)

HandoverPreferencesDialog *handover_preferences_dialog_new       (HandoverAccount     *account,
                                                                  HandoverBackground  *background);
void                       handover_preferences_dialog_report    (GtkWidget       *widget,
                                                                  GError          *error);
void                       handover_preferences_dialog_report_cb (GObject         *source,
                                                                  GAsyncResult    *result,
                                                                  gpointer         user_data);
void                       handover_preferences_dialog_say       (GtkWidget       *widget,
                                                                  const char      *text);

G_END_DECLS
