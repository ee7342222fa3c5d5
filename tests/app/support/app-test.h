/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include <adwaita.h>

#include "core/handover-conversation.h"

G_BEGIN_DECLS

HandoverConversation *test_conversation      (const char  *id,
                                              const char  *name,
                                              const char  *more);
HandoverEscalation   *test_escalation        (const char  *id,
                                              const char  *more);

void                  test_wait              (gboolean   (*is_true) (gpointer data),
                                              gpointer     data);

GtkWidget            *test_find_label        (GtkWidget   *widget,
                                              const char  *contains);
GtkWidget            *test_find_type         (GtkWidget   *widget,
                                              GType        type,
                                              guint        index);
GtkWidget            *test_find_by_title     (GtkWidget   *widget,
                                              const char  *title);
GtkWidget            *test_find_button       (GtkWidget   *widget,
                                              const char  *label);
gboolean              test_is_shown          (GtkWidget   *widget);

G_END_DECLS
