/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "config.h"

#include "app-test.h"
#include "app/account/handover-sign-in-page.h"

static GtkWidget *
new_page (void)
{
  return g_object_ref_sink (g_object_new (HANDOVER_TYPE_SIGN_IN_PAGE, NULL));
}

static void
fill (GtkWidget  *page,
      const char *title,
      const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (test_find_by_title (page, title)), text);
}

static void
press (GtkWidget  *page,
       const char *label)
{
  GtkWidget *button = test_find_button (page, label);

  g_assert_nonnull (button);
  g_signal_emit_by_name (button, "clicked");
}

static void
assert_problem (GtkWidget  *page,
                const char *row,
                const char *text)
{
  g_assert_nonnull (test_find_label (page, text));
  g_assert_true (gtk_widget_has_css_class (test_find_by_title (page, row), "error"));
}

static void
test_says_what_is_missing (void)
{
  g_autoptr (GtkWidget) page = new_page ();

  press (page, "Sign In");
  assert_problem (page, "Service address", "Enter the address of your Handover service.");

  fill (page, "Service address", "http://127.0.0.1:1");
  g_assert_false (gtk_widget_has_css_class (test_find_by_title (page, "Service address"), "error"));
  press (page, "Sign In");
  assert_problem (page, "Email", "Enter your email address.");

  fill (page, "Email", "kim");
  press (page, "Sign In");
  assert_problem (page, "Email", "This is not an email address.");

  fill (page, "Email", "kim@example.com");
  press (page, "Sign In");
  assert_problem (page, "Password", "Enter your password.");
}

static void
switch_to (GtkWidget  *page,
           const char *mode)
{
  g_assert_true (gtk_widget_activate_action (page, "sign-in.mode", "s", mode));
}

static void
test_forms (void)
{
  g_autoptr (GtkWidget) page = new_page ();

  g_assert_false (gtk_widget_get_visible (test_find_by_title (page, "Business name")));
  g_assert_nonnull (test_find_button (page, "Sign In"));
  g_assert_nonnull (test_find_button (page, "Create Account"));

  switch_to (page, "sign-up");
  g_assert_true (gtk_widget_get_visible (test_find_by_title (page, "Business name")));
  g_assert_true (gtk_widget_get_visible (test_find_by_title (page, "Your name")));
  g_assert_false (gtk_widget_get_visible (test_find_by_title (page, "Invite")));

  switch_to (page, "invite");
  g_assert_false (gtk_widget_get_visible (test_find_by_title (page, "Business name")));
  g_assert_true (gtk_widget_get_visible (test_find_by_title (page, "Invite")));
  fill (page, "Service address", "http://127.0.0.1:1");
  press (page, "Join");
  assert_problem (page, "Invite", "Enter the invite that you were sent.");
}

static void
test_on_this_computer (void)
{
  g_autoptr (GtkWidget) page = new_page ();
  GtkWidget *service = test_find_by_title (page, "Service address");

  g_assert_true (test_is_shown (service));
  g_assert_true (gtk_widget_activate_action (page, "sign-in.local", "b", TRUE));
  g_assert_false (test_is_shown (service));
  g_assert_nonnull (test_find_label (page, "Your data stays on this computer"));
  press (page, "Create Account");
  assert_problem (page, "Business name", "Enter the name of your business.");

  g_assert_true (gtk_widget_activate_action (page, "sign-in.local", "b", FALSE));
  g_assert_true (test_is_shown (service));
  g_assert_false (test_is_shown (test_find_by_title (page, "Business name")));

  /* As after a restart; the address of another service is not shown with it. */
  handover_sign_in_page_set_service (HANDOVER_SIGN_IN_PAGE (page), "local:");
  g_assert_false (test_is_shown (service));
  handover_sign_in_page_set_service (HANDOVER_SIGN_IN_PAGE (page), "https://shop.example.com");
  g_assert_true (test_is_shown (service));
}

static gboolean
has_problem_cb (gpointer data)
{
  return gtk_widget_has_css_class (test_find_by_title (data, "Service address"), "error");
}

static void
test_no_service_there (void)
{
  g_autoptr (GtkWidget) page = new_page ();

  fill (page, "Service address", "http://127.0.0.1:1");
  fill (page, "Email", "kim@example.com");
  fill (page, "Password", "a long password");
  press (page, "Sign In");
  g_assert_false (gtk_widget_get_sensitive (test_find_by_title (page, "Email")));
  g_assert_null (test_find_button (page, "Sign In"));

  test_wait (has_problem_cb, page);
  g_assert_true (gtk_widget_get_sensitive (test_find_by_title (page, "Email")));
  g_assert_nonnull (test_find_button (page, "Sign In"));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (test_find_by_title (page, "Password"))), ==, "a long password");
}

static void
test_reason (void)
{
  g_autoptr (GtkWidget) page = new_page ();
  AdwBanner *banner = ADW_BANNER (test_find_type (page, ADW_TYPE_BANNER, 0));

  g_assert_false (adw_banner_get_revealed (banner));
  handover_sign_in_page_set_reason (HANDOVER_SIGN_IN_PAGE (page), "The session has ended.");
  g_assert_true (adw_banner_get_revealed (banner));
  g_assert_cmpstr (adw_banner_get_title (banner), ==, "The session has ended.");
  handover_sign_in_page_set_reason (HANDOVER_SIGN_IN_PAGE (page), NULL);
  g_assert_false (adw_banner_get_revealed (banner));
}

int
main (int   argc,
      char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add_func ("/sign-in/says-what-is-missing", test_says_what_is_missing);
  g_test_add_func ("/sign-in/forms", test_forms);
  g_test_add_func ("/sign-in/on-this-computer", test_on_this_computer);
  g_test_add_func ("/sign-in/no-service-there", test_no_service_there);
  g_test_add_func ("/sign-in/reason", test_reason);

  return g_test_run ();
}
