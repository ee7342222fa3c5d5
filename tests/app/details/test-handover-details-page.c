/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "config.h"

#include "app-test.h"
#include "app/details/handover-details-page.h"
#include "app/details/handover-receipt-card.h"

#define METADATA                                                                                                        \
  "\"metadata\": {\"user_id\": \"cminh730\", \"order_number\": \"3348917502\", \"membership\": \"bronze\","             \
  "\"cart\": [{\"name\": \"Michael Kors jeans\", \"quantity\": 1, \"unit_price\": 94, \"currency\": \"USD\"},"          \
  "{\"name\": \"Socks\", \"quantity\": 3, \"unit_price\": \"2.10\", \"currency\": \"EUR\"}],"                           \
  "\"links\": [{\"title\": \"Order in the shop\", \"url\": \"https://shop.example/3348917502\"}]}"
#define ESCALATION                                                                                                      \
  "\"escalation\": {\"id\": \"e\", \"conversation_id\": \"1\", \"trigger\": \"knowledge_gap\", \"confidence\": 0.41,"   \
  "\"summary\": \"Wants to return jeans.\", \"priority\": \"normal\", \"receipt\": \"queued\","                         \
  "\"opened_at\": \"2026-01-01T10:00:00.000Z\"}"
#define CUSTOMER "\"customer\": {\"id\": \"c\", \"name\": \"Crystal Minh\", \"phone\": \"+1 (415) 555-0188\"}"

static GtkWidget *
new_page (const char *more)
{
  g_autoptr (HandoverConversation) conversation = test_conversation ("1", "Crystal Minh", more);
  GtkWidget *page = g_object_ref_sink (g_object_new (HANDOVER_TYPE_DETAILS_PAGE, NULL));

  handover_details_page_set_conversation (HANDOVER_DETAILS_PAGE (page), conversation);

  return page;
}

static void
test_shows_what_is_known (void)
{
  g_autoptr (GtkWidget) page = new_page (METADATA "," ESCALATION "," CUSTOMER ", \"agent_id\": \"ag\"");

  g_assert_nonnull (test_find_label (page, "Why the AI Stopped"));
  g_assert_nonnull (test_find_label (page, "Knowledge gap"));
  g_assert_nonnull (test_find_label (page, "41 % sure"));
  g_assert_nonnull (test_find_label (page, "“Wants to return jeans.”"));
  g_assert_nonnull (test_find_label (page, "\u2066+1 (415) 555-0188\u2069"));
  g_assert_nonnull (test_find_label (page, "cminh730"));
  g_assert_nonnull (test_find_label (page, "Order \u20663348917502\u2069"));
  g_assert_nonnull (test_find_by_title (page, "Membership"));
  g_assert_nonnull (test_find_by_title (page, "Order in the shop"));
}

static void
test_no_agent (void)
{
  g_autoptr (GtkWidget) page = new_page (ESCALATION);

  g_assert_nonnull (test_find_label (page, "Why a Person Is Needed"));
  g_assert_null (test_find_label (page, "Why the AI Stopped"));
}

static void
test_receipt (void)
{
  g_autoptr (GtkWidget) page = new_page (METADATA);

  g_assert_nonnull (test_find_label (page, "Michael Kors jeans"));
  g_assert_nonnull (test_find_label (page, "1 × 94"));
  g_assert_nonnull (test_find_label (page, "3 × 2.10"));
  g_assert_nonnull (test_find_label (page, "6.30 EUR"));
  g_assert_nonnull (test_find_label (page, "94 USD"));
  g_assert_nonnull (test_find_label (page, "Total"));
}

static void
test_unknown_is_absent (void)
{
  g_autoptr (GtkWidget) page = new_page (NULL);

  g_assert_null (test_find_label (page, "Why the AI Stopped"));
  g_assert_null (test_find_label (page, "Order"));
  g_assert_null (test_find_label (page, "Cart"));
  g_assert_null (test_find_label (page, "Total"));
  g_assert_null (test_find_label (page, "Past Escalations"));
  g_assert_false (test_is_shown (test_find_type (page, HANDOVER_TYPE_RECEIPT_CARD, 0)));
  g_assert_nonnull (test_find_label (page, "Crystal Minh"));
}

static void
test_follows_its_conversation (void)
{
  g_autoptr (HandoverConversation) conversation = test_conversation ("1", "Crystal Minh", NULL);
  g_autoptr (HandoverConversation) escalated = test_conversation ("1", "Crystal Minh", METADATA "," ESCALATION);
  g_autoptr (GtkWidget) page = g_object_ref_sink (g_object_new (HANDOVER_TYPE_DETAILS_PAGE, NULL));

  handover_details_page_set_conversation (HANDOVER_DETAILS_PAGE (page), conversation);
  handover_record_update (HANDOVER_RECORD (conversation), HANDOVER_RECORD (escalated));
  g_assert_nonnull (test_find_label (page, "Knowledge gap"));
  g_assert_nonnull (test_find_label (page, "Michael Kors jeans"));
}

static void
test_past_escalations (void)
{
  g_autoptr (GtkWidget) page = new_page (NULL);
  g_autoptr (GListStore) escalations = g_list_store_new (HANDOVER_TYPE_ESCALATION);
  g_autoptr (HandoverEscalation) open = test_escalation ("open", "\"summary\": \"Open.\"");
  g_autoptr (HandoverEscalation) over =
    test_escalation ("over", "\"summary\": \"Over.\", \"resolution\": \"solved\","
                     "\"resolved_at\": \"2026-01-01T11:00:00.000Z\"");

  handover_details_page_set_escalations (HANDOVER_DETAILS_PAGE (page), G_LIST_MODEL (escalations));
  g_list_store_append (escalations, open);
  g_assert_null (test_find_label (page, "Past Escalations"));
  g_list_store_append (escalations, over);
  g_assert_nonnull (test_find_label (page, "Past Escalations"));
  g_assert_nonnull (test_find_label (page, "Over."));
  g_assert_null (test_find_label (page, "Open."));

  g_assert_true (handover_record_update (HANDOVER_RECORD (open), HANDOVER_RECORD (over)));
  g_assert_nonnull (test_find_label (page, "2"));

  g_list_store_remove_all (escalations);
  g_assert_null (test_find_label (page, "Past Escalations"));
}

static void
test_markup_is_text (void)
{
  g_autoptr (GtkWidget) page =
    new_page ("\"metadata\": {\"note\": \"<b>bold</b> & more\", \"cart\": [{\"name\": \"<i>Hat</i>\","
              "\"quantity\": 1, \"unit_price\": 5, \"currency\": \"EUR\", \"url\": \"https://shop.example/?a=1&b=2\"}]}");

  g_assert_nonnull (test_find_label (page, "<i>Hat</i>"));
  g_assert_nonnull (test_find_by_title (page, "Note"));
  g_assert_nonnull (test_find_label (page, "<b>bold</b> & more"));
}

int
main (int   argc,
      char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add_func ("/details/shows-what-is-known", test_shows_what_is_known);
  g_test_add_func ("/details/no-agent", test_no_agent);
  g_test_add_func ("/details/receipt", test_receipt);
  g_test_add_func ("/details/unknown-is-absent", test_unknown_is_absent);
  g_test_add_func ("/details/follows-its-conversation", test_follows_its_conversation);
  g_test_add_func ("/details/past-escalations", test_past_escalations);
  g_test_add_func ("/details/markup-is-text", test_markup_is_text);

  return g_test_run ();
}
