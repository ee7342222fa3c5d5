/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "config.h"

#include <adwaita.h>

#include "app/conversation/handover-message-row.h"

static const HandoverReader reader = { (char *) "me", (char *) "Crystal", TRUE };
static const HandoverReader offline = { (char *) "me", (char *) "Crystal", FALSE };

static HandoverMessage *
new_message (const char *members,
             gint64      minute,
             int         version)
{
  g_autofree char *data = g_strdup_printf ("{\"id\":\"m\",\"conversation_id\":\"c\",\"epoch\":1,\"attachments\":[],\"at\":"
                                           "\"2026-03-04T12:%02d:00.000Z\",\"version\":%d,%s}",
                                           (int) minute, version, members);
  g_autoptr (GError) error = NULL;
  HandoverRecord *record = handover_record_from_data (HANDOVER_TYPE_MESSAGE, data, &error);

  g_assert_no_error (error);

  return HANDOVER_MESSAGE (record);
}

/* All that can be read in a widget, a line for each label. */
static void
append_text (GtkWidget *widget,
             GString   *text)
{
  if (!gtk_widget_get_visible (widget))
    return;

  if (GTK_IS_LABEL (widget))
    g_string_append_printf (text, "%s|", gtk_label_get_text (GTK_LABEL (widget)));

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    append_text (child, text);
}

static char *
dup_shown (GtkWidget *row)
{
  GString *text = g_string_new (NULL);

  append_text (row, text);

  return g_string_free_and_steal (text);
}

static GtkWidget *
find (GtkWidget *widget,
      GType      type)
{
  if (!gtk_widget_get_visible (widget))
    return NULL;
  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type))
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find (child, type);

      if (found != NULL)
        return found;
    }

  return NULL;
}

static void
assert_shows (const char           *members,
              const HandoverReader *who,
              int                   version,
              const char           *expected)
{
  g_autoptr (HandoverMessage) message = new_message (members, 0, version);
  g_autoptr (GtkWidget) row = g_object_ref_sink (handover_message_row_new (message, who));
  g_autofree char *shown = dup_shown (row);

  g_assert_cmpstr (shown, ==, expected);
}

#define TO(author, text) ",\"reply_to\":{\"id\":\"q\",\"author\":\"" author "\",\"kind\":\"message\",\"text\":\"" text \
                         "\",\"at\":\"2026-03-04T11:00:00.000Z\"}"
#define SAID(author) "\"author\":\"" author "\",\"kind\":\"message\",\"text\":\"<i>hi</i>\""
#define BY(id, name) ",\"operator\":{\"id\":\"" id "\",\"name\":\"" name "\"}"
#define CHANGE(members) "\"author\":\"system\",\"kind\":\"control\",\"text\":\"x\",\"change\":{" members "}"

/* Above an answer stands what it answers, in one line; whoever listens hears it first. */
static void
test_quotes (void)
{
  g_autoptr (HandoverMessage) message = new_message (SAID ("customer") TO ("agent", "Which one?\\nOr both?"), 0, 1);
  g_autoptr (GtkWidget) row = g_object_ref_sink (handover_message_row_new (message, &reader));
  g_autoptr (HandoverMessage) plain = new_message (SAID ("customer"), 0, 2);

  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Crystal, 12:00: in reply to AI, “Which one? Or both?”: <i>hi</i>");
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (find (row, GTK_TYPE_BUTTON)), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "In reply to AI: Which one? Or both?");
  assert_shows (SAID ("customer") TO ("agent", "Which one?"), &reader, 1, "AI|Which one?|<i>hi</i>|12:00|");
  assert_shows (SAID ("agent") TO ("customer", "<b>"), &reader, 1, "AI|Crystal|<b>|<i>hi</i>|");

  handover_record_update (HANDOVER_RECORD (message), HANDOVER_RECORD (plain));
  g_assert_null (find (row, GTK_TYPE_BUTTON));
}

static void
test_voices (void)
{
  assert_shows (SAID ("customer"), &reader, 1, "<i>hi</i>|12:00|");
  assert_shows (SAID ("agent"), &reader, 1, "AI|<i>hi</i>|");
  assert_shows (SAID ("operator") BY ("me", "Ada"), &reader, 1, "<i>hi</i>|12:00|");
  assert_shows (SAID ("operator") BY ("kim", "Kim"), &reader, 1, "Kim|<i>hi</i>|12:00|");
  assert_shows ("\"author\":\"operator\",\"kind\":\"note\",\"text\":\"psst\"" BY ("kim", "Kim"), &reader, 1,
                "Kim · Only your team sees this|12:00|psst|");
  assert_shows ("\"author\":\"tool\",\"kind\":\"tool\",\"text\":\"\",\"tool\":{\"name\":\"look_up\"}", &reader, 1,
                "Look up|");
  assert_shows ("\"author\":\"agent\",\"kind\":\"refused\",\"text\":\"no\"", &reader, 1,
                "Not sent: the AI tried to answer out of turn|“no”|");
  assert_shows ("\"author\":\"system\",\"kind\":\"transition\",\"text\":\"One moment\"", &reader, 1,
                "Automatic message|One moment|");
}

static void
test_changes (void)
{
  assert_shows (CHANGE ("\"kind\":\"blocked\""), &reader, 1, "The customer blocked this account; replies do not arrive · 12:00|");
  assert_shows (CHANGE ("\"kind\":\"unblocked\""), &reader, 1, "The customer lets replies arrive again · 12:00|");
  assert_shows (CHANGE ("\"kind\":\"escalated\",\"trigger\":\"policy\""), &reader, 1, "The AI asked for help · 12:00|");
  assert_shows (CHANGE ("\"kind\":\"claimed\"") BY ("me", "Ada"), &reader, 1, "You took over · 12:00|");
  assert_shows (CHANGE ("\"kind\":\"claimed\"") BY ("kim", "Kim"), &reader, 1, "Kim took over · 12:00|");
  assert_shows (CHANGE ("\"kind\":\"transferred\",\"to\":{\"id\":\"me\",\"name\":\"Ada\"}") BY ("kim", "Kim"), &reader,
                1, "Kim passed the conversation to you · 12:00|");
  assert_shows (CHANGE ("\"kind\":\"transferred\",\"to\":{\"id\":\"kim\",\"name\":\"Kim\"}") BY ("me", "Ada"), &reader,
                1, "You passed the conversation to Kim · 12:00|");
  assert_shows (CHANGE ("\"kind\":\"resumed\",\"brief\":\"be kind\"") BY ("me", "Ada"), &reader, 1,
                "You handed back to the AI · 12:00|The AI was told: be kind|");
  assert_shows (CHANGE ("\"kind\":\"closed\",\"resolution\":\"solved\"") BY ("kim", "Kim"), &reader, 1,
                "Kim closed the conversation · Solved · 12:00|");
  assert_shows (CHANGE ("\"kind\":\"closed\""), &reader, 1, "The AI closed the conversation · 12:00|");
}

#define MINE(delivery) SAID ("operator") BY ("me", "Ada") ",\"delivery\":{" delivery "}"

static void
test_delivery (void)
{
  assert_shows (MINE ("\"state\":\"queued\""), &offline, 0, "<i>hi</i>|12:00 · Waiting for connection|Withdraw|");
  assert_shows (MINE ("\"state\":\"queued\""), &reader, 0, "<i>hi</i>|12:00 · Sending…|");
  assert_shows (MINE ("\"state\":\"sent\""), &reader, 1, "<i>hi</i>|12:00 · Sent|");
  assert_shows (MINE ("\"state\":\"delivered\""), &reader, 1, "<i>hi</i>|12:00 · Delivered|");
  assert_shows (MINE ("\"state\":\"failed\",\"reason\":\"no such number\""), &reader, 1,
                "<i>hi</i>|12:00 · Not sent: no such number|");
}

static void
test_follows_its_message (void)
{
  g_autoptr (HandoverMessage) message = new_message (MINE ("\"state\":\"sent\""), 0, 1);
  g_autoptr (HandoverMessage) newer = new_message (MINE ("\"state\":\"delivered\""), 0, 2);
  g_autoptr (GtkWidget) row = g_object_ref_sink (handover_message_row_new (message, &reader));
  g_autofree char *shown = NULL;

  g_assert_true (handover_record_update (HANDOVER_RECORD (message), HANDOVER_RECORD (newer)));
  shown = dup_shown (row);
  g_assert_cmpstr (shown, ==, "<i>hi</i>|12:00 · Delivered|");
}

static void
test_runs (void)
{
  g_autoptr (HandoverMessage) first = new_message (SAID ("operator") BY ("kim", "Kim"), 0, 1);
  g_autoptr (HandoverMessage) second = new_message (SAID ("operator") BY ("kim", "Kim"), 1, 1);
  g_autoptr (HandoverMessage) other = new_message (SAID ("customer"), 2, 1);
  g_autoptr (HandoverMessage) late = new_message (SAID ("operator") BY ("kim", "Kim"), 30, 1);
  g_autoptr (GtkWidget) row = g_object_ref_sink (handover_message_row_new (second, &reader));
  g_autofree char *inside = NULL;
  g_autofree char *alone = NULL;

  handover_message_row_arrange (HANDOVER_MESSAGE_ROW (row), first, second);
  inside = dup_shown (row);
  g_assert_cmpstr (inside, ==, "<i>hi</i>|");
  g_assert_cmpint (gtk_widget_get_margin_top (row), ==, 3);

  handover_message_row_arrange (HANDOVER_MESSAGE_ROW (row), other, late);
  alone = dup_shown (row);
  g_assert_cmpstr (alone, ==, "Kim|<i>hi</i>|12:01|");
  g_assert_cmpint (gtk_widget_get_margin_top (row), ==, 10);
}

static void
test_day (void)
{
  g_autoptr (HandoverMessage) message = new_message (SAID ("customer"), 0, 1);
  g_autoptr (GtkWidget) row = g_object_ref_sink (handover_message_row_new (message, &reader));
  g_autofree char *day = handover_message_wording_day (message->at, message->at + 1000);
  g_autofree char *shown = NULL;

  g_assert_cmpstr (day, ==, "Today");
  handover_message_row_arrange (HANDOVER_MESSAGE_ROW (row), NULL, NULL);
  shown = dup_shown (row);
  g_assert_true (g_str_has_suffix (shown, "|<i>hi</i>|12:00|"));
  g_assert_cmpstr (shown, !=, "<i>hi</i>|12:00|");
}

static void
test_long_text_folds (void)
{
  g_autofree char *words = g_strnfill (4000, 'x');
  g_autofree char *members = NULL;
  g_autoptr (HandoverMessage) message = NULL;
  g_autoptr (GtkWidget) row = NULL;
  GtkWidget *label, *button;

  for (gsize i = 7; i < 4000; i += 8)
    words[i] = ' ';
  members = g_strdup_printf ("\"author\":\"customer\",\"kind\":\"message\",\"text\":\"%s\"", words);
  message = new_message (members, 0, 1);
  row = g_object_ref_sink (handover_message_row_new (message, &reader));
  button = find (row, GTK_TYPE_BUTTON);
  g_assert_cmpstr (gtk_button_get_label (GTK_BUTTON (button)), ==, "Show More");
  label = find (row, GTK_TYPE_LABEL);
  g_assert_cmpuint (strlen (gtk_label_get_text (GTK_LABEL (label))), <, 1000);

  g_signal_emit_by_name (button, "clicked");
  g_assert_true (g_str_equal (gtk_label_get_text (GTK_LABEL (label)), words));
  g_assert_cmpstr (gtk_button_get_label (GTK_BUTTON (button)), ==, "Show Less");
}

static void
test_tool_unfolds (void)
{
  g_autoptr (HandoverMessage) message = new_message ("\"author\":\"tool\",\"kind\":\"tool\",\"text\":\"\",\"tool\":{"
                                                     "\"name\":\"t\",\"arguments\":{\"a\":1},\"result\":\"fine\"}",
                                                     0, 1);
  g_autoptr (GtkWidget) row = g_object_ref_sink (handover_message_row_new (message, &reader));
  g_autofree char *open = NULL;
  g_autofree char *closed = NULL;

  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (find (row, GTK_TYPE_TOGGLE_BUTTON)), TRUE);
  open = dup_shown (row);
  g_assert_cmpstr (open, ==, "T|Arguments|{\n  \"a\" : 1\n}|Result|fine|");
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (find (row, GTK_TYPE_TOGGLE_BUTTON)), FALSE);
  closed = dup_shown (row);
  g_assert_cmpstr (closed, ==, "T|");
}

static graphene_rect_t
get_place (const char *members,
           int         width)
{
  g_autoptr (HandoverMessage) message = new_message (members, 0, 1);
  g_autoptr (GtkWidget) row = g_object_ref_sink (handover_message_row_new (message, &reader));
  graphene_rect_t place;
  int height;

  gtk_widget_measure (row, GTK_ORIENTATION_VERTICAL, width, NULL, &height, NULL, NULL);
  gtk_widget_size_allocate (row, &(GtkAllocation) { 0, 0, width, height }, -1);
  g_assert_true (gtk_widget_compute_bounds (find (row, GTK_TYPE_LABEL), row, &place));

  return place;
}

static void
test_sides (void)
{
  g_autofree char *words = g_strnfill (300, 'x');
  g_autofree char *members = NULL;
  graphene_rect_t place;

  for (gsize i = 7; i < 300; i += 8)
    words[i] = ' ';
  members = g_strdup_printf ("\"author\":\"customer\",\"kind\":\"message\",\"text\":\"%s\"", words);

  place = get_place (SAID ("customer"), 600);
  g_assert_cmpfloat (place.origin.x, <, 50);
  g_assert_cmpfloat (place.size.width, <, 200);
  place = get_place (SAID ("operator") BY ("me", "Me"), 600);
  g_assert_cmpfloat (place.origin.x, >, 400);
  g_assert_cmpfloat (place.size.width, <, 200);
  place = get_place (members, 600);
  g_assert_cmpfloat (place.size.width, >, 300);
  g_assert_cmpfloat (place.origin.x + place.size.width, <, 560);

  gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
  place = get_place (SAID ("customer"), 600);
  g_assert_cmpfloat (place.origin.x, >, 400);
  place = get_place (SAID ("operator") BY ("me", "Me"), 600);
  g_assert_cmpfloat (place.origin.x, <, 50);
  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);
}

static void
test_is_an_article (void)
{
  g_autoptr (HandoverMessage) message = new_message (SAID ("customer"), 0, 1);
  g_autoptr (GtkWidget) row = g_object_ref_sink (handover_message_row_new (message, &reader));
  g_autofree char *problem = gtk_test_accessible_check_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                                                 "Crystal, 12:00: <i>hi</i>");

  g_assert_null (problem);
  g_assert_true (gtk_test_accessible_has_role (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_ROLE_ARTICLE));
}

int
main (int   argc,
      char *argv[])
{
  g_setenv ("TZ", "UTC", TRUE);
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add_func ("/message-row/voices", test_voices);
  g_test_add_func ("/message-row/quotes", test_quotes);
  g_test_add_func ("/message-row/changes", test_changes);
  g_test_add_func ("/message-row/delivery", test_delivery);
  g_test_add_func ("/message-row/follows-its-message", test_follows_its_message);
  g_test_add_func ("/message-row/runs", test_runs);
  g_test_add_func ("/message-row/day", test_day);
  g_test_add_func ("/message-row/long-text-folds", test_long_text_folds);
  g_test_add_func ("/message-row/tool-unfolds", test_tool_unfolds);
  g_test_add_func ("/message-row/sides", test_sides);
  g_test_add_func ("/message-row/is-an-article", test_is_an_article);

  return g_test_run ();
}
