/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "core/handover-attachment.h"
#include "core/handover-file-name.h"

static void
test_clean (void)
{
  const struct
  {
    const char *name;
    const char *clean;
  } cases[] = {
    { "rose.jpeg", "rose.jpeg" },
    { "Größe & Maß (2).pdf", "Größe & Maß (2).pdf" },
    { "写真 📷.png", "写真 📷.png" },
    { "/etc/passwd", "passwd" },
    { "../../.ssh/authorized_keys", "authorized_keys" },
    { "C:\\Windows\\system32\\cmd.exe", "cmd.exe" },
    { "folder/", "file" },
    { "..", "file" },
    { ".bashrc", "bashrc" },
    { "   ", "file" },
    { "", "file" },
    { NULL, "file" },
    { "two\nlines\r\nSet-Cookie: a=b", "two lines  Set-Cookie: a=b" },
    { "tab\tbell\a\x1b[2Jend\x7f.txt", "tab bell[2Jend.txt" },
    { "invoice\xe2\x80\xae" "fdp.exe", "invoicefdp.exe" },
    { "zero\xe2\x80\x8bwidth\xef\xbb\xbf.txt", "zerowidth.txt" },
    { "می\xe2\x80\x8cخواهم.txt", "می\xe2\x80\x8cخواهم.txt" },
    { "latin \xe9.txt", "latin \xef\xbf\xbd.txt" },
    { "name. . ", "name" },
    { "\"quotes\"; filename=evil", "\"quotes\"; filename=evil" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *clean = handover_file_name_clean (cases[i].name);
      g_autofree char *again = handover_file_name_clean (clean);

      g_assert_cmpstr (clean, ==, cases[i].clean);
      g_assert_cmpstr (again, ==, clean);
    }
}

/* What is cut is the middle: whoever reads it still knows what it opens with. */
static void
test_long (void)
{
  g_autoptr (GString) name = g_string_new (NULL);
  g_autofree char *clean = NULL;
  g_autofree char *endless = NULL;

  while (name->len < 1000)
    g_string_append (name, "ü");
  g_string_append (name, ".jpeg");
  clean = handover_file_name_clean (name->str);
  g_assert_cmpuint (strlen (clean), <=, HANDOVER_LIMIT_FILE_NAME);
  g_assert_cmpuint (strlen (clean), >, HANDOVER_LIMIT_FILE_NAME - 4);
  g_assert_true (g_str_has_suffix (clean, "ü.jpeg"));
  g_assert_true (g_utf8_validate (clean, -1, NULL));

  g_string_assign (name, "a.");
  while (name->len < 1000)
    g_string_append (name, "ending");
  endless = handover_file_name_clean (name->str);
  g_assert_cmpuint (strlen (endless), ==, HANDOVER_LIMIT_FILE_NAME);
}

static void
test_disposition (void)
{
  const struct
  {
    const char *name;
    const char *disposition;
  } cases[] = {
    { "rose.jpeg", "attachment; filename=\"rose.jpeg\"; filename*=UTF-8''rose.jpeg" },
    { "a b.txt", "attachment; filename=\"a b.txt\"; filename*=UTF-8''a%20b.txt" },
    { "ü.txt", "attachment; filename=\"__.txt\"; filename*=UTF-8''%C3%BC.txt" },
    { "\"; x=\"y%41", "attachment; filename=\"_; x=_y_41\"; filename*=UTF-8''%22%3B%20x%3D%22y%2541" },
    { "it's (1)*.txt", "attachment; filename=\"it's (1)*.txt\"; filename*=UTF-8''it%27s%20%281%29%2A.txt" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *disposition = handover_file_name_to_disposition (cases[i].name);

      g_assert_cmpstr (disposition, ==, cases[i].disposition);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/file-name/clean", test_clean);
  g_test_add_func ("/file-name/long", test_long);
  g_test_add_func ("/file-name/disposition", test_disposition);

  return g_test_run ();
}
