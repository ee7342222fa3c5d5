/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "core/handover-facts.h"

static HandoverFacts *
read_facts (const char *text)
{
  g_autoptr (JsonNode) node = json_from_string (text, NULL);

  return handover_facts_new (node);
}

static void
assert_fact (GPtrArray  *facts,
             guint       position,
             const char *name,
             const char *value)
{
  HandoverFact *fact;

  g_assert_cmpuint (position, <, facts->len);
  fact = g_ptr_array_index (facts, position);
  g_assert_cmpstr (fact->name, ==, name);
  g_assert_cmpstr (fact->value, ==, value);
}

static void
test_nothing (void)
{
  const char *nothings[] = { "null", "[]", "7", "{}", "{\"cart\": null, \"user_id\": \"\"}" };

  for (guint i = 0; i < G_N_ELEMENTS (nothings); i++)
    {
      g_autoptr (HandoverFacts) facts = read_facts (nothings[i]);

      g_assert_null (facts->user_id);
      g_assert_null (facts->order_number);
      g_assert_cmpuint (facts->items->len + facts->totals->len + facts->links->len + facts->others->len, ==, 0);
    }
}

static void
test_cart (void)
{
  g_autoptr (HandoverFacts) facts = read_facts (
    "{\"user_id\": \"cm730\", \"order_number\": 3348917502, \"cart\": ["
    " {\"name\": \"Jeans\", \"quantity\": 2, \"unit_price\": \"94.10\", \"currency\": \"USD\"},"
    " {\"name\": \"Belt\", \"quantity\": 1, \"unit_price\": 0.1, \"currency\": \"USD\"},"
    " {\"name\": \"Tea\", \"quantity\": 0.5, \"unit_price\": \"7.00\", \"currency\": \"EUR\"},"
    " {\"name\": \"Refund\", \"unit_price\": \"-3\", \"currency\": \"EUR\"}]}");
  HandoverCartItem *first = g_ptr_array_index (facts->items, 0);

  g_assert_cmpstr (facts->user_id, ==, "cm730");
  g_assert_cmpstr (facts->order_number, ==, "3348917502");
  g_assert_cmpuint (facts->items->len, ==, 4);
  g_assert_cmpstr (first->quantity, ==, "2");
  g_assert_cmpstr (first->unit_price, ==, "94.10");
  g_assert_cmpstr (first->line_price, ==, "188.20");
  assert_fact (facts->totals, 0, "USD", "188.30");
  assert_fact (facts->totals, 1, "EUR", "0.50");
}

static void
test_odd_prices (void)
{
  /* A price that cannot be added up is shown as it came, and no total pretends to hold it. */
  g_autoptr (HandoverFacts) facts = read_facts (
    "{\"cart\": [{\"name\": \"A\", \"unit_price\": \"1.00\", \"currency\": \"USD\"},"
    " {\"name\": \"B\", \"unit_price\": \"ask us\", \"currency\": \"USD\"},"
    " {\"name\": \"C\", \"unit_price\": \"99999999999999999999\"}, 7]}");
  HandoverCartItem *second = g_ptr_array_index (facts->items, 1);

  g_assert_cmpuint (facts->items->len, ==, 3);
  g_assert_cmpstr (second->unit_price, ==, "ask us");
  g_assert_null (second->line_price);
  g_assert_cmpuint (facts->totals->len, ==, 0);
}

static void
test_links_and_others (void)
{
  g_autoptr (HandoverFacts) facts = read_facts (
    "{\"links\": [{\"title\": \"Order\", \"url\": \"https://shop.example/o/1\"},"
    " {\"title\": \"Bad\", \"url\": \"javascript:alert(1)\"}, {\"url\": \"file:///etc/passwd\"}],"
    " \"purchase_date\": \"2019-11-06\", \"vip\": true, \"tags\": [\"a\", 1], \"empty\": \"\", \"none\": null,"
    " \"cart\": \"two jeans\"}");

  g_assert_cmpuint (facts->links->len, ==, 1);
  assert_fact (facts->links, 0, "Order", "https://shop.example/o/1");
  g_assert_cmpuint (facts->others->len, ==, 4);
  assert_fact (facts->others, 0, "Purchase date", "2019-11-06");
  assert_fact (facts->others, 1, "Vip", "true");
  assert_fact (facts->others, 2, "Tags", "[\"a\",1]");
  assert_fact (facts->others, 3, "Cart", "two jeans");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/facts/nothing", test_nothing);
  g_test_add_func ("/facts/cart", test_cart);
  g_test_add_func ("/facts/odd-prices", test_odd_prices);
  g_test_add_func ("/facts/links-and-others", test_links_and_others);

  return g_test_run ();
}
