/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

/* transcript-frames WHICH MESSAGES FRAMES: scrolls a transcript up by 40 pixels a frame, FRAMES times; "ours", or a "bare"
* GtkListView with a plain row for each message.
*
* Prints "P50 P95 P99 LONGEST CPU-P50 CPU-P99 CPU-BETWEEN", milliseconds that a frame kept the main loop, of the processor's
* time in it, and of that in what else kept the main loop longest: nobody sees a frame that has to wait for its turn. */

#include "config.h"

#include <adwaita.h>
#include <stdlib.h>
#include <time.h>

#include "app/conversation/handover-timeline.h"
#include "app/conversation/handover-transcript-view.h"
#include "core/handover-message.h"
#include "load.h"

#define STEP 40
#define OPENING 10
#define NEWEST G_GINT64_CONSTANT (1767261600000)

typedef struct
{
  GtkAdjustment *adjustment;
  GArray *times;
  GArray *processor;
  gint64 began;
  gint64 processor_began;
  gint64 turn_began;
  double between;
  double value;
  guint frames;
  guint missing;
  gboolean framed;
} Watch;

static Watch watch;

static const char *const words[] = {
  "parcel", "the", "order", "has", "not", "come", "yet", "and", "my", "card", "was", "charged", "twice", "please", "help",
  "is", "it", "possible", "to", "return", "shoes", "after", "ninety", "days", "thank", "you", "for", "looking", "into",
};

/* As people write: most are short, some long, and a few go on and on. */
static char *
make_text (GRand *random)
{
  GString *text = g_string_new (NULL);
  int kind = g_rand_int_range (random, 0, 100);
  int length = kind < 70 ? g_rand_int_range (random, 2, 15)
                         : kind < 92 ? g_rand_int_range (random, 40, 100) : g_rand_int_range (random, 200, 400);

  for (int i = 0; i < length; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? " " : "", words[g_rand_int_range (random, 0, G_N_ELEMENTS (words))]);

  return g_string_free (text, FALSE);
}

static GListModel *
make_messages (guint count)
{
  g_autoptr (GPtrArray) messages = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GRand) random = g_rand_new_with_seed (7);
  GListStore *store = g_list_store_new (HANDOVER_TYPE_MESSAGE);

  for (guint i = 0; i < count; i++)
    {
      HandoverMessage *message = g_object_new (HANDOVER_TYPE_MESSAGE, NULL);

      message->id = g_strdup_printf ("message-%u", i);
      message->conversation_id = g_strdup ("conversation");
      message->author = i % 2 == 0 ? HANDOVER_AUTHOR_CUSTOMER : HANDOVER_AUTHOR_AGENT;
      message->kind = HANDOVER_MESSAGE_KIND_MESSAGE;
      message->text = make_text (random);
      message->at = NEWEST - (gint64) (count - i) * 40000;
      message->epoch = 1;
      message->version = 1;
      g_ptr_array_add (messages, message);
    }
  g_list_store_splice (store, 0, 0, messages->pdata, messages->len);

  return G_LIST_MODEL (store);
}

/* --- The yardstick --- */

static void
setup_cb (GtkListItemFactory *factory,
          GtkListItem        *item)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);

  for (guint i = 0; i < 2; i++)
    {
      GtkWidget *label = gtk_label_new (NULL);

      gtk_label_set_wrap (GTK_LABEL (label), TRUE);
      gtk_label_set_max_width_chars (GTK_LABEL (label), 46);
      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_box_append (GTK_BOX (box), label);
    }
  gtk_list_item_set_child (item, box);
}

static void
bind_cb (GtkListItemFactory *factory,
         GtkListItem        *item)
{
  HandoverMessage *message = gtk_list_item_get_item (item);
  GtkWidget *head = gtk_widget_get_first_child (gtk_list_item_get_child (item));

  gtk_label_set_text (GTK_LABEL (head), message->author == HANDOVER_AUTHOR_CUSTOMER ? "Customer" : "AI");
  gtk_label_set_text (GTK_LABEL (gtk_widget_get_next_sibling (head)), message->text);
}

static GtkWidget *
make_bare (GListModel      *messages,
           GtkAdjustment  **adjustment)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkWidget *list = gtk_list_view_new (GTK_SELECTION_MODEL (gtk_no_selection_new (g_object_ref (messages))), factory);

  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), list);
  *adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scrolled));

  return scrolled;
}

/* A list view without a size goes nowhere. */
static void
scroll_to_end (GtkWidget  *scrolled,
               GListModel *messages)
{
  GtkWidget *list = gtk_scrolled_window_get_child (GTK_SCROLLED_WINDOW (scrolled));

  while (gtk_widget_get_height (list) == 0)
    g_main_context_iteration (NULL, TRUE);
  gtk_list_view_scroll_to (GTK_LIST_VIEW (list), g_list_model_get_n_items (messages) - 1, GTK_LIST_SCROLL_NONE, NULL);
}

/* --- Ours --- */

static GtkWidget *
find (GtkWidget *widget,
      GType      type)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type))
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find (child, type);

      if (found != NULL)
        return found;
    }

  return NULL;
}

static GtkWidget *
make_ours (GListModel     *messages,
           GtkAdjustment **adjustment)
{
  GtkWidget *view = g_object_new (HANDOVER_TYPE_TRANSCRIPT_VIEW, NULL);
  GtkWidget *scrolled = find (view, GTK_TYPE_SCROLLED_WINDOW);

  handover_transcript_view_set_reader (HANDOVER_TRANSCRIPT_VIEW (view), "me", "Crystal Minh", TRUE);
  handover_transcript_view_set_model (HANDOVER_TRANSCRIPT_VIEW (view), messages);
  *adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scrolled));

  return view;
}

/* --- Frames --- */

static gint64
get_processor_time (void)
{
  struct timespec time;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time);

  return time.tv_sec * G_USEC_PER_SEC + time.tv_nsec / 1000;
}

static void
before_paint_cb (GdkFrameClock *clock,
                 gpointer       user_data)
{
  watch.framed = TRUE;
  watch.began = g_get_monotonic_time ();
  watch.processor_began = get_processor_time ();
}

/* What is done between two looks at what there is to do, other than a frame. */
static int
poll_cb (GPollFD *files,
         guint    n_files,
         int      timeout)
{
  int n_ready;

  if (watch.frames > OPENING && !watch.framed)
    watch.between = MAX (watch.between, (get_processor_time () - watch.turn_began) / 1000.0);
  n_ready = g_poll (files, n_files, timeout);
  watch.turn_began = get_processor_time ();
  watch.framed = FALSE;

  return n_ready;
}

/* A frame that did not scroll, as one of the first or at an end, does not count. */
static void
after_paint_cb (GdkFrameClock *clock,
                gpointer       user_data)
{
  double elapsed = (g_get_monotonic_time () - watch.began) / 1000.0;
  double processor = (get_processor_time () - watch.processor_began) / 1000.0;

  if (++watch.frames <= OPENING || watch.value <= 0)
    return;

  g_array_append_val (watch.times, elapsed);
  g_array_append_val (watch.processor, processor);
  watch.missing--;
}

static gboolean
scroll_cb (GtkWidget     *widget,
           GdkFrameClock *clock,
           gpointer       data)
{
  watch.value = gtk_adjustment_get_value (watch.adjustment);
  if (watch.frames >= OPENING)
    gtk_adjustment_set_value (watch.adjustment, watch.value - STEP);
  gtk_widget_queue_draw (widget);

  return G_SOURCE_CONTINUE;
}

static gboolean
too_late_cb (gpointer data)
{
  g_error ("the transcript does not scroll");

  return G_SOURCE_REMOVE;
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (GListModel) messages = NULL;
  GtkWidget *window, *child;
  GdkFrameClock *clock;

  if (argc != 4)
    g_error ("usage: transcript-frames ours|bare MESSAGES FRAMES");

  adw_init ();
  messages = make_messages (atoi (argv[2]));
  watch.times = g_array_new (FALSE, FALSE, sizeof (double));
  watch.processor = g_array_new (FALSE, FALSE, sizeof (double));
  watch.missing = atoi (argv[3]);
  window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (window), 700, 800);
  child = g_str_equal (argv[1], "ours") ? make_ours (messages, &watch.adjustment) : make_bare (messages, &watch.adjustment);
  gtk_window_set_child (GTK_WINDOW (window), child);
  gtk_widget_realize (window);

  clock = gtk_widget_get_frame_clock (window);
  g_signal_connect (clock, "before-paint", G_CALLBACK (before_paint_cb), NULL);
  g_signal_connect (clock, "after-paint", G_CALLBACK (after_paint_cb), NULL);
  gtk_widget_add_tick_callback (child, scroll_cb, NULL, NULL);
  gtk_window_present (GTK_WINDOW (window));
  g_main_context_set_poll_func (NULL, poll_cb);
  g_timeout_add_seconds (50, too_late_cb, NULL);
  if (g_str_equal (argv[1], "bare"))
    scroll_to_end (child, messages);
  while (watch.missing > 0)
    g_main_context_iteration (NULL, TRUE);

  g_print ("%.2f %.2f %.2f %.2f %.2f %.2f %.2f\n", load_quantile (watch.times, 0.5), load_quantile (watch.times, 0.95),
           load_quantile (watch.times, 0.99), load_quantile (watch.times, 1), load_quantile (watch.processor, 0.5),
           load_quantile (watch.processor, 0.99), watch.between);
  return 0;
}
