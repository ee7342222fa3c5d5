/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

/* Shows one scene of a conversation in a window, for pictures: conversation-gallery SCENE [WIDTH [HEIGHT]] */

#include "config.h"

#include <adwaita.h>
#include <locale.h>
#include <stdlib.h>

#include "app/conversation/handover-composer.h"
#include "app/conversation/handover-control-head.h"
#include "app/conversation/handover-resolve-dialog.h"
#include "app/conversation/handover-transcript-view.h"
#include "core/handover-conversation.h"
#include "core/handover-message.h"
#include "core/handover-template.h"
#include "core/handover-time.h"

#define QUOTED ",\"kind\":\"message\",\"at\":\"2026-03-04T11:00:00.000Z\"}"
#define TO_THE_AGENT \
  "\"reply_to\":{\"id\":\"m6\",\"author\":\"agent\",\"text\":\"Thank you, Crystal. I see one pair of Michael Kors " \
  "jeans, delivered 94 days ago.\"" QUOTED
#define TO_THE_CUSTOMER \
  "\"reply_to\":{\"id\":\"m7\",\"author\":\"customer\",\"text\":\"They never fit. I was in hospital and could not " \
  "send them back in time.\"" QUOTED

static const struct
{
  gint64 seconds_ago;
  const char *json;
} messages[] = {
  { 86900, "\"author\":\"customer\",\"kind\":\"message\",\"text\":\"Hello, are you there?\"" },
  { 1000, "\"author\":\"customer\",\"kind\":\"message\",\"text\":\"Hi! I need to return an item\"" },
  { 990, "\"author\":\"agent\",\"kind\":\"message\",\"text\":\"I can help with that. May I have your name and the "
    "order number?\"" },
  { 960, "\"author\":\"customer\",\"kind\":\"message\",\"text\":\"Crystal Minh. The order is 3348917502\"" },
  { 955, "\"author\":\"tool\",\"kind\":\"tool\",\"text\":\"\",\"tool\":{\"name\":\"look_up_order\",\"arguments\":"
    "{\"order\":\"3348917502\"},\"result\":{\"items\":1,\"total\":\"94.00\",\"currency\":\"USD\"}}" },
  { 950, "\"author\":\"agent\",\"kind\":\"message\",\"text\":\"Thank you, Crystal. I see one pair of Michael Kors "
    "jeans, delivered 94 days ago. What would you like to do?\"" },
  { 900, "\"author\":\"customer\",\"kind\":\"message\",\"text\":\"They never fit. I was in hospital and could not "
    "send them back in time. I am a bronze member, is there really nothing you can do?\"," TO_THE_AGENT },
  { 890, "\"author\":\"system\",\"kind\":\"control\",\"text\":\"\",\"change\":{\"kind\":\"escalated\",\"trigger\":"
    "\"knowledge_gap\"}" },
  { 889, "\"author\":\"system\",\"kind\":\"transition\",\"text\":\"A colleague will join you in a moment.\"" },
  { 880, "\"author\":\"agent\",\"kind\":\"refused\",\"text\":\"I am sorry, returns are only possible within 90 days "
    "of the delivery, as our policy says.\"" },
  { 860, "\"author\":\"customer\",\"kind\":\"message\",\"text\":\"Hello? Is anybody there?\"" },
  { 800, "\"author\":\"system\",\"kind\":\"control\",\"text\":\"\",\"operator\":{\"id\":\"me\",\"name\":\"Ada\"},"
    "\"change\":{\"kind\":\"claimed\"}" },
  { 780, "\"author\":\"operator\",\"kind\":\"note\",\"operator\":{\"id\":\"kim\",\"name\":\"Kim Larsen\"},\"text\":"
    "\"Hospital stay: we may extend to 120 days, ask for no proof. See https://shop.example.com/exceptions\"" },
  { 700, "\"author\":\"operator\",\"kind\":\"message\",\"operator\":{\"id\":\"me\",\"name\":\"Ada\"},\"text\":\"Hi "
    "Crystal, this is a person now. I am sorry to hear that, I hope you are well again.\",\"delivery\":"
    "{\"state\":\"delivered\"}" },
  { 690, "\"author\":\"operator\",\"kind\":\"message\",\"operator\":{\"id\":\"me\",\"name\":\"Ada\"},\"text\":\"Of "
    "course, let me see what I can do about the ninety days.\",\"delivery\":{\"state\":\"delivered\"}," TO_THE_CUSTOMER },
};

static const char *const others[] = {
  "\"author\":\"operator\",\"kind\":\"message\",\"operator\":{\"id\":\"kim\",\"name\":\"Kim Larsen\"},\"text\":\"I "
  "have the label here, mail me at kim@example.com or see www.example.com/returns.\",\"delivery\":{\"state\":"
  "\"sent\"}",
  "\"author\":\"customer\",\"kind\":\"message\",\"text\":\"<b>not bold</b> & javascript:alert(1) 😀😀 "
  "http://example.com/a(b)?x=1&y=2.\"",
  "\"author\":\"customer\",\"kind\":\"message\",\"text\":\"مرحبا، أين طلبي رقم 3348917502؟ أريد استرداد 94.00 USD "
  "و 80.00 EUR\\nAnd in English: please hurry.\\nשלום, אני עדיין מחכה\"",
  "\"author\":\"operator\",\"kind\":\"message\",\"operator\":{\"id\":\"me\",\"name\":\"Ada\"},\"text\":\"I will look "
  "into it.\",\"delivery\":{\"state\":\"failed\",\"reason\":\"the number cannot be reached\"}",
  "\"author\":\"tool\",\"kind\":\"tool\",\"text\":\"\",\"tool\":{\"name\":\"refund\",\"arguments\":{\"amount\":94},"
  "\"error\":\"not allowed\"}",
  "\"author\":\"system\",\"kind\":\"control\",\"text\":\"\",\"operator\":{\"id\":\"kim\",\"name\":\"Kim Larsen\"},"
  "\"change\":{\"kind\":\"transferred\",\"to\":{\"id\":\"me\",\"name\":\"Ada\"}}",
  "\"author\":\"system\",\"kind\":\"control\",\"text\":\"\",\"operator\":{\"id\":\"me\",\"name\":\"Ada\"},\"change\":"
  "{\"kind\":\"resumed\",\"resolution\":\"promised\",\"brief\":\"Refund promised by Friday; ask for the IBAN.\"}",
};

static const HandoverReader reader = { (char *) "me", (char *) "Crystal Minh", TRUE };

static GListStore *store;

static void
add_message (const char *json,
             gint64      at,
             gboolean    unsent)
{
  static guint number;
  g_autofree char *time = handover_time_format (at);
  g_autofree char *data = g_strdup_printf ("{\"id\":\"m%u\",\"conversation_id\":\"c\",\"attachments\":[],\"epoch\":1,"
                                           "\"at\":\"%s\",\"version\":%d,%s}",
                                           ++number, time, unsent ? 0 : 1, json);
  g_autoptr (GError) error = NULL;
  g_autoptr (HandoverRecord) message = handover_record_from_data (HANDOVER_TYPE_MESSAGE, data, &error);

  g_assert_no_error (error);
  g_list_store_append (store, message);
}

static void
fill (const char *scene)
{
  gint64 now = handover_time_now ();

  for (gsize i = 0; i < G_N_ELEMENTS (messages); i++)
    {
      if (g_str_equal (scene, "waiting") && strstr (messages[i].json, "claimed") != NULL)
        break;
      add_message (messages[i].json, now - messages[i].seconds_ago * 1000, FALSE);
    }

  if (g_str_equal (scene, "others") || g_str_equal (scene, "unfolded"))
    for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
      add_message (others[i], now - 600000 + (gint64) i * 10000, FALSE);

  if (g_str_equal (scene, "long"))
    {
      GString *text = g_string_new ("\"author\":\"customer\",\"kind\":\"message\",\"text\":\"");
      g_autofree char *json = NULL;

      while (text->len < 4000)
        g_string_append (text, "It began when the parcel came and the box was open on one side, wet, and empty. ");
      json = g_strconcat (text->str, "\"", NULL);
      g_string_free (text, TRUE);
      add_message (json, now - 500000, FALSE);
    }

  if (g_str_equal (scene, "offline"))
    add_message ("\"author\":\"operator\",\"kind\":\"message\",\"operator\":{\"id\":\"me\",\"name\":\"Ada\"},\"text\":"
                 "\"I can extend your return to 120 days.\",\"delivery\":{\"state\":\"queued\"}",
                 now - 1000, TRUE);
}

static HandoverConversation *
new_conversation (const char *scene)
{
  g_autofree char *since = handover_time_format (handover_time_now () - 134000);
  g_autofree char *data = NULL;
  g_autoptr (GError) error = NULL;
  HandoverRecord *conversation;
  const char *control = "operator";
  const char *holder = ",\"holder\":{\"id\":\"me\",\"name\":\"Ada\"}";

  if (g_str_equal (scene, "waiting"))
    {
      control = "waiting";
      holder = "";
    }
  else if (g_str_equal (scene, "agent") || g_str_equal (scene, "empty"))
    {
      control = "agent";
      holder = "";
    }
  else if (g_str_equal (scene, "colleague"))
    holder = ",\"holder\":{\"id\":\"kim\",\"name\":\"Kim Larsen\"}";
  else if (g_str_equal (scene, "closed"))
    {
      control = "closed";
      holder = "";
    }

  data = g_strdup_printf ("{\"id\":\"c\",\"channel\":{\"kind\":\"whatsapp\"},\"customer\":{\"id\":\"u\",\"name\":"
                          "\"Crystal Minh\"},\"control\":\"%s\",\"epoch\":2%s,\"waiting_since\":\"%s\",\"escalation\":"
                          "{\"id\":\"e\",\"conversation_id\":\"c\",\"trigger\":\"knowledge_gap\",\"priority\":"
                          "\"normal\",\"opened_at\":\"%s\",\"receipt\":\"queued\",\"summary\":\"Wants to return jeans "
                          "after 94 days because of a hospital stay. The policy the AI knows ends at 90 days.\"},"
                          "\"metadata\":{},\"unread_count\":0,\"created_at\":\"%s\",\"updated_at\":\"%s\","
                          "\"version\":1}",
                          control, holder, since, since, since, since);
  conversation = handover_record_from_data (HANDOVER_TYPE_CONVERSATION, data, &error);
  g_assert_no_error (error);

  return HANDOVER_CONVERSATION (conversation);
}

static GtkWidget *
new_clamp (GtkWidget *child)
{
  GtkWidget *clamp = adw_clamp_new ();

  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), 760);
  adw_clamp_set_tightening_threshold (ADW_CLAMP (clamp), 600);
  adw_clamp_set_child (ADW_CLAMP (clamp), child);
  gtk_widget_set_margin_start (clamp, 17);
  gtk_widget_set_margin_end (clamp, 17);

  return clamp;
}

static void
set_up_composer (HandoverComposer *composer,
                 const char       *scene)
{
  g_autoptr (GListStore) templates = g_list_store_new (HANDOVER_TYPE_TEMPLATE);
  g_autoptr (HandoverRecord) template = handover_record_from_data (
    HANDOVER_TYPE_TEMPLATE,
    "{\"id\":\"t\",\"name\":\"Refund promised\",\"shortcut\":\"refund\",\"text\":\"Hi {first_name}, your refund for "
    "{order_number} is on its way.\",\"scope\":\"business\"}",
    NULL);

  g_list_store_append (templates, template);
  handover_composer_set_templates (composer, G_LIST_MODEL (templates));
  handover_composer_set_customer (composer, "Crystal Minh");
  if (g_str_equal (scene, "waiting"))
    handover_composer_set_open (composer, FALSE,
                                "Nobody is answering Crystal Minh. Take over to write; the AI stays silent until you "
                                "hand back.");
  else if (g_str_equal (scene, "agent") || g_str_equal (scene, "empty"))
    handover_composer_set_open (composer, FALSE, "The AI is answering Crystal Minh. Take over to write yourself.");
  else if (g_str_equal (scene, "colleague"))
    handover_composer_set_open (composer, FALSE,
                                "Kim Larsen is answering Crystal Minh. Only one person writes at a time.");
  else if (g_str_equal (scene, "closed"))
    handover_composer_set_open (composer, FALSE, "This conversation is closed. Take over to open it again.");
  else
    handover_composer_set_open (composer, TRUE, NULL);

  if (g_str_equal (scene, "answering"))
    {
      g_autoptr (HandoverMessage) answered = g_list_model_get_item (G_LIST_MODEL (store), 10);
      g_autoptr (HandoverPreview) quote = handover_message_to_preview (answered);

      handover_composer_set_quote (composer, quote, &reader);
      handover_composer_set_draft (composer, "Good news: I can extend your return to 120 days. I am sending a prepaid "
                                   "label to cminh730@email.com now. Would a refund to your card be all "
                                   "right, or would you rather");
    }
  if (g_str_equal (scene, "returned"))
    {
      handover_composer_set_draft (composer, "I can extend your return to 120 days.");
      handover_composer_set_problem (composer,
                                     "Not sent: Kim took over at 14:02. Your text is back in the draft.");
    }
  if (g_str_equal (scene, "note"))
    {
      handover_composer_set_note (composer, "Ask Kim about the exceptions.");
      handover_composer_show (composer, TRUE);
    }
}

static void
unfold (GtkWidget *widget)
{
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      if (GTK_IS_TOGGLE_BUTTON (child) && gtk_widget_has_css_class (gtk_widget_get_parent (child), "fold"))
        gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (child), TRUE);
      unfold (child);
    }
}

static gboolean
unfold_cb (gpointer window)
{
  unfold (GTK_WIDGET (window));

  return G_SOURCE_REMOVE;
}

static gboolean
dialog_cb (gpointer window)
{
  const char *scene = g_object_get_data (G_OBJECT (window), "scene");

  if (g_str_equal (scene, "hand-back"))
    adw_dialog_present (handover_resolve_dialog_new_hand_back (), GTK_WIDGET (window));
  else if (g_str_equal (scene, "close"))
    adw_dialog_present (handover_resolve_dialog_new_close (), GTK_WIDGET (window));
  else
    handover_composer_pick_template (g_object_get_data (G_OBJECT (window), "composer"));

  return G_SOURCE_REMOVE;
}

/* What the page would do, so that the buttons look as they do there. */
static void
add_actions (GtkWidget *window)
{
  static const char *const names[] = {
    "claim", "release", "transfer", "hand-back", "close", "note", "attach", "drop-quote",
  };
  static const char *const named[] = { "withdraw", "answer", "show-message" };
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (names) + G_N_ELEMENTS (named); i++)
    {
      gboolean plain = i < G_N_ELEMENTS (names);
      g_autoptr (GSimpleAction) action = g_simple_action_new (plain ? names[i] : named[i - G_N_ELEMENTS (names)],
                                                              plain ? NULL : G_VARIANT_TYPE_STRING);

      g_action_map_add_action (G_ACTION_MAP (group), G_ACTION (action));
    }
  gtk_widget_insert_action_group (window, "conversation", G_ACTION_GROUP (group));
}

static void
activate_cb (GtkApplication *application,
             char          **arguments)
{
  const char *scene = arguments[1];
  int width = arguments[2] != NULL ? atoi (arguments[2]) : 680;
  int height = arguments[2] != NULL && arguments[3] != NULL ? atoi (arguments[3]) : 720;
  GtkWidget *window = adw_application_window_new (application);
  GtkWidget *view = adw_toolbar_view_new ();
  GtkWidget *head = g_object_new (HANDOVER_TYPE_CONTROL_HEAD, NULL);
  GtkWidget *transcript = g_object_new (HANDOVER_TYPE_TRANSCRIPT_VIEW, NULL);
  GtkWidget *composer = g_object_new (HANDOVER_TYPE_COMPOSER, NULL);
  g_autoptr (HandoverConversation) conversation = new_conversation (scene);

  store = g_list_store_new (HANDOVER_TYPE_MESSAGE);
  if (!g_str_equal (scene, "empty") && !g_str_equal (scene, "error") && !g_str_equal (scene, "loading"))
    fill (scene);

  gtk_window_set_default_size (GTK_WINDOW (window), width, height);
  gtk_window_set_title (GTK_WINDOW (window), "Crystal Minh");
  if (width < 560)
    gtk_orientable_set_orientation (GTK_ORIENTABLE (head), GTK_ORIENTATION_VERTICAL);
  handover_control_head_show (HANDOVER_CONTROL_HEAD (head), conversation, "me", TRUE);
  handover_transcript_view_set_reader (HANDOVER_TRANSCRIPT_VIEW (transcript), "me", "Crystal Minh",
                                       !g_str_equal (scene, "offline"));
  handover_transcript_view_set_loading (HANDOVER_TRANSCRIPT_VIEW (transcript), g_str_equal (scene, "loading"));
  if (g_str_equal (scene, "error"))
    handover_transcript_view_set_error (HANDOVER_TRANSCRIPT_VIEW (transcript),
                                        "The service did not answer in time.");
  handover_transcript_view_set_model (HANDOVER_TRANSCRIPT_VIEW (transcript), G_LIST_MODEL (store));
  set_up_composer (HANDOVER_COMPOSER (composer), scene);

  add_actions (window);
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), adw_header_bar_new ());
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), new_clamp (head));
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), transcript);
  adw_toolbar_view_add_bottom_bar (ADW_TOOLBAR_VIEW (view), new_clamp (composer));
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (window), view);
  gtk_window_present (GTK_WINDOW (window));

  g_object_set_data (G_OBJECT (window), "scene", (gpointer) scene);
  g_object_set_data (G_OBJECT (window), "composer", composer);
  if (g_str_equal (scene, "unfolded"))
    g_timeout_add (500, unfold_cb, window);
  if (g_str_equal (scene, "hand-back") || g_str_equal (scene, "close") || g_str_equal (scene, "templates"))
    g_timeout_add (300, dialog_cb, window);
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr (AdwApplication) application = NULL;

  setlocale (LC_ALL, "");
  if (argc < 2)
    {
      g_printerr ("Which scene?\n");
      return 2;
    }

  application = g_object_new (ADW_TYPE_APPLICATION, "application-id", "dev.handover.Handover.Gallery",
                              "resource-base-path", RESOURCE_BASE, "flags", G_APPLICATION_NON_UNIQUE, NULL);
  g_signal_connect (application, "activate", G_CALLBACK (activate_cb), argv);

  return g_application_run (G_APPLICATION (application), 1, argv);
}
