/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include "app/conversation/handover-timeline-rows.h"
#include "app/conversation/handover-timeline.h"

G_BEGIN_DECLS

/* Shared by the files that make up the timeline: the object, its layout, its focus. */

struct _HandoverTimeline
{
  GtkWidget             parent_instance;

  HandoverTimelineRows *rows;
  GListModel           *model;
  gulong                items_changed_id;

  GtkAdjustment        *hadjustment;
  GtkAdjustment        *vadjustment;
  gulong                value_changed_id;
  GtkScrollablePolicy   hscroll_policy;
  GtkScrollablePolicy   vscroll_policy;

  /* The row that holds still, and where its top is in the viewport; while stick, the end of the last row holds still
   * at the bottom instead. */
  guint                 anchor;
  double                anchor_y;
  gboolean              stick;
  gboolean              at_end;
  /* Since the last allocation. */
  gboolean              model_changed;
  double                value;
  int                   width;
  guint                 settle_id;

  /* From where to where rows are alive, for those that are made ahead. */
  double                top;
  double                bottom;
  gboolean              upward;
  guint                 ahead_id;

  guint                 cursor;
  guint                 load_id;
  guint                 asked_for;
  guint                 announce_id;
  GPtrArray            *announcements;
};

/* Layout */
void     handover_timeline_lay_out         (HandoverTimeline  *self,
                                            int                width,
                                            int                height);
void     handover_timeline_value_changed   (HandoverTimeline  *self);
void     handover_timeline_choose_anchor   (HandoverTimeline  *self,
                                            guint              position,
                                            guint              removed,
                                            guint              added);

double   handover_timeline_get_margin      (int                height);

/* Rows that come next */
void     handover_timeline_build_ahead     (HandoverTimeline  *self,
                                            double             top,
                                            double             bottom);
void     handover_timeline_stop_ahead      (HandoverTimeline  *self);

/* Focus and keys */
gboolean handover_timeline_focus           (GtkWidget         *widget,
                                            GtkDirectionType   direction);
gboolean handover_timeline_grab_focus      (GtkWidget         *widget);
void     handover_timeline_follow_focus    (HandoverTimeline  *self,
                                            GtkWidget         *child);
void     handover_timeline_add_keys        (GtkWidgetClass    *widget_class);

/* The object */
void     handover_timeline_set_at_end      (HandoverTimeline  *self,
                                            gboolean           at_end);
void     handover_timeline_queue_load      (HandoverTimeline  *self);

G_END_DECLS
