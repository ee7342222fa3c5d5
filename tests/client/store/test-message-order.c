/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "client/store/handover-message-order.h"

/* Positions that are taken beside those of the page. */
static gboolean
find_neighbour (double    position,
                gboolean  above,
                double   *found,
                gpointer  user_data)
{
  GArray *taken = user_data;
  gboolean exists = FALSE;

  for (guint i = 0; i < taken->len; i++)
    {
      double candidate = g_array_index (taken, double, i);

      if (above ? candidate <= position : candidate >= position)
        continue;
      if (!exists || (above ? candidate < *found : candidate > *found))
        *found = candidate;
      exists = TRUE;
    }

  return exists;
}

static void
fill (HandoverMessagePlace *places,
      guint                 n_places,
      gboolean              older,
      GArray               *taken)
{
  double edge = 0;

  /* The positions are given from the lowest to the highest. */
  if (taken->len > 0)
    edge = g_array_index (taken, double, older ? 0 : taken->len - 1);
  handover_message_order_fill (places, n_places, taken->len > 0 ? &edge : NULL, older, find_neighbour, taken);

  for (guint i = 1; i < n_places; i++)
    g_assert_cmpfloat (places[i].position, <, places[i - 1].position);
}

static GArray *
take (guint         n_positions,
      const double *positions)
{
  GArray *taken = g_array_new (FALSE, FALSE, sizeof (double));

  g_array_append_vals (taken, positions, n_positions);
  return taken;
}

static void
test_empty (void)
{
  g_autoptr (GArray) taken = take (0, NULL);
  HandoverMessagePlace places[3] = { 0 };

  fill (places, 3, FALSE, taken);
}

static void
test_older (void)
{
  const double positions[] = { 0, 1 };
  g_autoptr (GArray) taken = take (2, positions);
  HandoverMessagePlace places[4] = { { TRUE, 1 }, { TRUE, 0 } };

  fill (places, 4, FALSE, taken);
  g_assert_cmpfloat (places[2].position, ==, -1);
  g_assert_cmpfloat (places[3].position, ==, -2);
}

static void
test_newer (void)
{
  const double positions[] = { 5 };
  g_autoptr (GArray) taken = take (1, positions);
  HandoverMessagePlace places[3] = { { FALSE }, { FALSE }, { TRUE, 5 } };

  fill (places, 3, FALSE, taken);
}

static void
test_newer_than_page_is_kept_newest (void)
{
  const double positions[] = { 5, 6 };
  g_autoptr (GArray) taken = take (2, positions);
  HandoverMessagePlace places[2] = { { FALSE }, { TRUE, 5 } };

  /* 6 came by the stream after the page was made. */
  fill (places, 2, FALSE, taken);
  g_assert_cmpfloat (places[0].position, <, 6);
}

static void
test_hole (void)
{
  const double positions[] = { 1, 2 };
  g_autoptr (GArray) taken = take (2, positions);
  HandoverMessagePlace places[5] = { { TRUE, 2 }, { FALSE }, { FALSE }, { TRUE, 1 }, { FALSE } };

  fill (places, 5, FALSE, taken);
}

static void
test_disjoint (void)
{
  const double positions[] = { 1, 2 };
  g_autoptr (GArray) taken = take (2, positions);
  HandoverMessagePlace places[2] = { 0 };

  fill (places, 2, FALSE, taken);
  g_assert_cmpfloat (places[1].position, >, 2);
}

static void
test_next_page (void)
{
  const double positions[] = { 1, 2 };
  g_autoptr (GArray) taken = take (2, positions);
  HandoverMessagePlace places[2] = { 0 };

  fill (places, 2, TRUE, taken);
  g_assert_cmpfloat (places[0].position, <, 1);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/message-order/empty", test_empty);
  g_test_add_func ("/message-order/older", test_older);
  g_test_add_func ("/message-order/newer", test_newer);
  g_test_add_func ("/message-order/newer-than-page", test_newer_than_page_is_kept_newest);
  g_test_add_func ("/message-order/hole", test_hole);
  g_test_add_func ("/message-order/disjoint", test_disjoint);
  g_test_add_func ("/message-order/next-page", test_next_page);

  return g_test_run ();
}
