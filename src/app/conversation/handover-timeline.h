/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * HandoverTimelineFunctions:
 * @create: makes the row for an item; returns a floating, focusable widget
 * @arrange: (nullable): tells a row its neighbours, at first and whenever they change; either may be %NULL
 * @announce: (nullable): says an item that has just been added at the end for a screen reader; %NULL to say nothing
 *
 * How a timeline makes its rows.
 */
typedef struct
{
  GtkWidget *(*create)   (GObject   *item,
                          gpointer   user_data);
  void       (*arrange)  (GtkWidget *row,
                          GObject   *previous,
                          GObject   *next,
                          gpointer   user_data);
  char      *(*announce) (GObject   *item,
                          gpointer   user_data);
} HandoverTimelineFunctions;

#define HANDOVER_TYPE_TIMELINE (handover_timeline_get_type ())

G_DECLARE_FINAL_TYPE (HandoverTimeline, handover_timeline, HANDOVER, TIMELINE, GtkWidget)

GtkWidget  *handover_timeline_new           (void);

void        handover_timeline_set_functions (HandoverTimeline                *self,
                                             const HandoverTimelineFunctions *functions,
                                             gpointer                         user_data);

GListModel *handover_timeline_get_model     (HandoverTimeline                *self);
void        handover_timeline_set_model     (HandoverTimeline                *self,
                                             GListModel                      *model);

gboolean    handover_timeline_get_at_end    (HandoverTimeline                *self);
void        handover_timeline_scroll_to     (HandoverTimeline                *self,
                                             guint                            position);
void        handover_timeline_scroll_to_end (HandoverTimeline                *self);
GtkWidget  *handover_timeline_get_row       (HandoverTimeline                *self,
                                             guint                            position);
gboolean    handover_timeline_focus_row     (HandoverTimeline                *self,
                                             guint                            position);

G_END_DECLS
