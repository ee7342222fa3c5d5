/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include "app/conversation/handover-timeline.h"

G_BEGIN_DECLS

/* The rows of a timeline that are alive, and what is known of the heights of all others. Only the timeline uses
 * this. */

/**
 * HandoverTimelineRow:
 * @widget: the row, a child of the timeline
 * @item: what it shows
 * @y: where its top was put in the viewport
 * @height: how high it was measured
 *
 * A row that is alive.
 */
typedef struct
{
  GtkWidget *widget;
  GObject   *item;
  int        y;
  int        height;
} HandoverTimelineRow;

/**
 * HandoverTimelineRows:
 * @owner: the timeline
 * @model: (nullable): what is shown
 * @functions: how rows are made
 * @user_data: for @functions
 * @heights: (element-type int): one for each item: 0 unknown, negative an estimate from another width
 * @rows: (element-type HandoverTimelineRow): those alive, without a gap in position; %NULL where one is not made yet
 * @first: the position of the first of @rows
 * @kept: (nullable): the row outside of @rows that holds the focus
 * @kept_position: the position of @kept
 *
 * All rows of a timeline.
 */
typedef struct
{
  GtkWidget                       *owner;
  GListModel                      *model;
  const HandoverTimelineFunctions *functions;
  gpointer                         user_data;
  GArray                          *heights;
  GPtrArray                       *rows;
  guint                            first;
  HandoverTimelineRow             *kept;
  guint                            kept_position;
} HandoverTimelineRows;

HandoverTimelineRows *handover_timeline_rows_new         (GtkWidget            *owner);
void                  handover_timeline_rows_free        (HandoverTimelineRows *self);

guint                 handover_timeline_rows_get_n_items (HandoverTimelineRows *self);
void                  handover_timeline_rows_reset       (HandoverTimelineRows *self,
                                                          GListModel           *model);
gboolean              handover_timeline_rows_splice      (HandoverTimelineRows *self,
                                                          guint                 position,
                                                          guint                 removed,
                                                          guint                 added);
void                  handover_timeline_rows_arrange     (HandoverTimelineRows *self,
                                                          guint                 position);
void                  handover_timeline_rows_number      (HandoverTimelineRows *self);

HandoverTimelineRow  *handover_timeline_rows_peek        (HandoverTimelineRows *self,
                                                          guint                 position);
HandoverTimelineRow  *handover_timeline_rows_ensure      (HandoverTimelineRows *self,
                                                          guint                 position,
                                                          int                   width);
HandoverTimelineRow  *handover_timeline_rows_keep        (HandoverTimelineRows *self,
                                                          guint                 position);
void                  handover_timeline_rows_trim        (HandoverTimelineRows *self,
                                                          guint                 first,
                                                          guint                 end);
gboolean              handover_timeline_rows_find_focus  (HandoverTimelineRows *self,
                                                          guint                *position);

void                  handover_timeline_rows_forget      (HandoverTimelineRows *self);
double                handover_timeline_rows_sum         (HandoverTimelineRows *self,
                                                          guint                 position,
                                                          double               *total);
guint                 handover_timeline_rows_find        (HandoverTimelineRows *self,
                                                          double                value,
                                                          double               *offset);

G_END_DECLS
