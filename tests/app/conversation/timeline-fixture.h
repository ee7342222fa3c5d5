/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include <adwaita.h>

#include "app/conversation/handover-timeline.h"

/* A window with a timeline over a store of strings, and what one can see of it. */

/* Items are strings: a name and, after a colon, how high the row is; or, after a bar, a text to wrap. */

typedef struct
{
  GtkWindow        *window;
  GtkWidget        *scrolled;
  HandoverTimeline *timeline;
  GListStore       *store;
  GtkAdjustment    *adjustment;
  GPtrArray        *announced;
  guint             loads;
  guint             created;
} Fixture;

typedef struct
{
  Fixture   *fixture;
  GtkWidget *row;
  int        expected;
  gboolean   at_bottom;
  guint      frames;
  guint      wrong;
} Watch;

extern const HandoverTimelineFunctions timeline_functions;

GObject    *new_item             (const char *text);
void        fill                 (Fixture    *fixture,
                                  guint       position,
                                  guint       count,
                                  const char *name,
                                  int         height);
void        set_up               (Fixture      *fixture,
                                  gconstpointer data);
void        tear_down            (Fixture      *fixture,
                                  gconstpointer data);
void        run_frames           (Fixture *fixture,
                                  guint    frames);
void        open_window          (Fixture *fixture);
void        settle               (Fixture *fixture);
GtkWidget  *find_row             (Fixture    *fixture,
                                  const char *prefix);
int         get_top              (Fixture   *fixture,
                                  GtkWidget *row);
int         get_bottom           (Fixture   *fixture,
                                  GtkWidget *row);
GtkWidget  *get_last             (Fixture *fixture);
int         get_page             (Fixture *fixture);
GtkWidget  *first_in_view        (Fixture *fixture);
gulong      watch_frames         (Fixture   *fixture,
                                  Watch     *watch,
                                  GtkWidget *row,
                                  gboolean   at_bottom,
                                  int        expected);
void        check_frames         (Fixture *fixture,
                                  Watch   *watch,
                                  gulong   id);
gboolean    press                (Fixture *fixture,
                                  guint    key);
const char *get_focus_name       (Fixture *fixture);
void        assert_focus_in_view (Fixture    *fixture,
                                  const char *name);
