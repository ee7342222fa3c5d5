/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include <glib/gstdio.h>
#include <utime.h>

#include "client/store/handover-file-folder.h"
#include "client/store/handover-files.h"
#include "test-gateway.h"

#define BYTES "rose bytes"

typedef struct
{
  char *folder;
  TestGateway *gateway;
  HandoverFiles *files;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autofree char *parent = g_dir_make_tmp ("handover-files-XXXXXX", NULL);

  fixture->folder = g_steal_pointer (&parent);
  fixture->gateway = test_gateway_new ();
  fixture->files = handover_files_new (fixture->folder, 35);
  handover_files_set_gateway (fixture->files, HANDOVER_GATEWAY (fixture->gateway));
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  handover_files_set_gateway (fixture->files, NULL);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (fixture->files);
  g_assert_finalize_object (fixture->gateway);
  g_assert_true (handover_file_folder_remove (fixture->folder, NULL));
  g_free (fixture->folder);
}

typedef struct
{
  GAsyncResult *result;
  GCancellable *cancellable;
  goffset current;
} Getting;

static void
getting_clear (Getting *self)
{
  g_clear_object (&self->result);
  g_clear_object (&self->cancellable);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Getting, getting_clear)

static void
result_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  ((Getting *) data)->result = g_object_ref (result);
}

static void
progress_cb (goffset  current,
             goffset  total,
             gpointer data)
{
  ((Getting *) data)->current = current;
}

static HandoverAttachment *
make_attachment (const char *id,
                 const char *name)
{
  HandoverAttachment *attachment = g_object_new (HANDOVER_TYPE_ATTACHMENT, NULL);

  attachment->id = g_strdup (id);
  attachment->name = g_strdup (name);
  attachment->type = g_strdup ("text/plain");
  attachment->size = strlen (BYTES);
  return attachment;
}

static void
begin (Fixture    *fixture,
       Getting    *getting,
       const char *id,
       const char *name)
{
  g_autoptr (HandoverAttachment) attachment = make_attachment (id, name);

  getting->cancellable = g_cancellable_new ();
  handover_files_get_async (fixture->files, attachment, progress_cb, getting, getting->cancellable, result_cb, getting);
}

static GFile *
finish (Fixture  *fixture,
        Getting  *getting,
        GError  **error)
{
  while (getting->result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return handover_files_get_finish (fixture->files, getting->result, error);
}

static void
deliver (Fixture    *fixture,
         const char *id)
{
  while (test_gateway_get_waiting (fixture->gateway) == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpstr (test_gateway_get_method (fixture->gateway), ==, "DOWNLOAD");
  g_assert_cmpstr (test_gateway_get_path (fixture->gateway), ==, id);
  test_gateway_answer (fixture->gateway, "{\"bytes\":\"" BYTES "\"}", 0);
}

static void
assert_there (Fixture    *fixture,
              Getting    *getting,
              const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = finish (fixture, getting, &error);
  g_autofree char *basename = NULL;
  g_autofree char *contents = NULL;

  g_assert_no_error (error);
  basename = g_file_get_basename (file);
  g_assert_cmpstr (basename, ==, name);
  g_assert_true (g_file_load_contents (file, NULL, &contents, NULL, NULL, NULL));
  g_assert_cmpstr (contents, ==, BYTES);
}

static void
test_once (Fixture       *fixture,
           gconstpointer  data)
{
  g_auto (Getting) first = { NULL };
  g_auto (Getting) again = { NULL };

  begin (fixture, &first, "at_1", "rose.txt");
  deliver (fixture, "at_1");
  assert_there (fixture, &first, "rose.txt");
  g_assert_cmpint (first.current, >, 0);

  begin (fixture, &again, "at_1", "rose.txt");
  assert_there (fixture, &again, "rose.txt");
  g_assert_cmpuint (test_gateway_get_waiting (fixture->gateway), ==, 0);
}

/* Two who want the same wait for the same. */
static void
test_together (Fixture       *fixture,
               gconstpointer  data)
{
  g_auto (Getting) one = { NULL };
  g_auto (Getting) other = { NULL };
  g_auto (Getting) leaving = { NULL };
  g_autoptr (GError) error = NULL;

  begin (fixture, &one, "at_1", "rose.txt");
  begin (fixture, &other, "at_1", "rose.txt");
  begin (fixture, &leaving, "at_1", "rose.txt");
  while (one.current == 0 || other.current == 0 || leaving.current == 0)
    g_main_context_iteration (NULL, TRUE);
  g_cancellable_cancel (leaving.cancellable);
  g_assert_null (finish (fixture, &leaving, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  g_assert_cmpuint (test_gateway_get_waiting (fixture->gateway), ==, 1);
  deliver (fixture, "at_1");
  assert_there (fixture, &one, "rose.txt");
  assert_there (fixture, &other, "rose.txt");
}

static void
test_cancelled (Fixture       *fixture,
                gconstpointer  data)
{
  g_auto (Getting) getting = { NULL };
  g_auto (Getting) anew = { NULL };
  g_autoptr (GError) error = NULL;

  begin (fixture, &getting, "at_1", "rose.txt");
  while (test_gateway_get_waiting (fixture->gateway) == 0)
    g_main_context_iteration (NULL, TRUE);
  g_cancellable_cancel (getting.cancellable);
  g_assert_null (finish (fixture, &getting, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  /* Whoever wants it now does not get what was given up. */
  begin (fixture, &anew, "at_1", "rose.txt");
  while (test_gateway_get_waiting (fixture->gateway) < 2)
    g_main_context_iteration (NULL, TRUE);
  test_gateway_refuse (fixture->gateway, HANDOVER_PROBLEM_UNREACHABLE);
  deliver (fixture, "at_1");
  assert_there (fixture, &anew, "rose.txt");
}

static void
test_refused (Fixture       *fixture,
              gconstpointer  data)
{
  g_auto (Getting) getting = { NULL };
  g_auto (Getting) again = { NULL };
  g_autoptr (GError) error = NULL;

  begin (fixture, &getting, "at_1", "rose.txt");
  while (test_gateway_get_waiting (fixture->gateway) == 0)
    g_main_context_iteration (NULL, TRUE);
  test_gateway_refuse (fixture->gateway, HANDOVER_PROBLEM_NOT_FOUND);
  g_assert_null (finish (fixture, &getting, &error));
  g_assert_error (error, HANDOVER_PROBLEM, HANDOVER_PROBLEM_NOT_FOUND);

  begin (fixture, &again, "at_1", "rose.txt");
  deliver (fixture, "at_1");
  assert_there (fixture, &again, "rose.txt");
}

/* Calls must not wait behind files. */
static void
test_few_at_once (Fixture       *fixture,
                  gconstpointer  data)
{
  Getting gettings[5] = { { NULL } };
  const char *const ids[] = { "at_0", "at_1", "at_2", "at_3", "at_4" };
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    begin (fixture, &gettings[i], ids[i], "rose.txt");
  while (test_gateway_get_waiting (fixture->gateway) < 3)
    g_main_context_iteration (NULL, TRUE);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (test_gateway_get_waiting (fixture->gateway), ==, 3);

  for (guint n_left = 5; n_left > 0; n_left--)
    {
      while (test_gateway_get_waiting (fixture->gateway) < MIN (n_left, 3))
        g_main_context_iteration (NULL, TRUE);
      test_gateway_answer (fixture->gateway, "{\"bytes\":\"" BYTES "\"}", 0);
    }
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      g_autoptr (GFile) file = finish (fixture, &gettings[i], &error);

      g_assert_no_error (error);
      g_assert_nonnull (file);
      getting_clear (&gettings[i]);
    }
}

/* Names and ids are the service's, which may be anybody's. */
static void
test_hostile (Fixture       *fixture,
              gconstpointer  data)
{
  const struct
  {
    const char *id;
    const char *name;
  } cases[] = {
    { "../../../etc", "../../passwd" },
    { "..", ".." },
    { "/", "/" },
    { "a/b", ".bashrc" },
    { "", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = handover_file_folder_get_download (fixture->folder, cases[i].id, cases[i].name);
      g_autofree char *downloads = g_build_filename (fixture->folder, "downloads", "", NULL);
      g_autofree char *canonical = g_canonicalize_filename (path, NULL);

      g_assert_true (g_str_has_prefix (canonical, downloads));
      g_assert_cmpstr (canonical, ==, path);
    }
}

static void
put_download (Fixture    *fixture,
              const char *id,
              gint64      looked_at)
{
  g_autofree char *path = handover_file_folder_get_download (fixture->folder, id, "rose.txt");
  g_autofree char *place = g_path_get_dirname (path);
  struct utimbuf when = { looked_at, looked_at };

  g_assert_cmpint (g_mkdir_with_parents (place, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, BYTES, -1, NULL));
  g_assert_cmpint (g_utime (path, &when), ==, 0);
}

static gboolean
is_there (Fixture    *fixture,
          const char *id)
{
  g_autofree char *path = handover_file_folder_get_download (fixture->folder, id, "rose.txt");

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

/* There is room for three. */
static void
test_bounded (Fixture       *fixture,
              gconstpointer  data)
{
  g_auto (Getting) looked = { NULL };
  g_auto (Getting) getting = { NULL };

  put_download (fixture, "at_1", 1000);
  put_download (fixture, "at_2", 3000);
  put_download (fixture, "at_3", 2000);
  begin (fixture, &looked, "at_1", "rose.txt");
  assert_there (fixture, &looked, "rose.txt");

  begin (fixture, &getting, "at_4", "rose.txt");
  deliver (fixture, "at_4");
  assert_there (fixture, &getting, "rose.txt");
  while (is_there (fixture, "at_3"))
    g_main_context_iteration (NULL, FALSE);
  g_assert_true (is_there (fixture, "at_1"));
  g_assert_true (is_there (fixture, "at_2"));
  g_assert_true (is_there (fixture, "at_4"));
}

#define ADD(name, function) g_test_add ("/files/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("once", test_once);
  ADD ("together", test_together);
  ADD ("cancelled", test_cancelled);
  ADD ("refused", test_refused);
  ADD ("few-at-once", test_few_at_once);
  ADD ("hostile", test_hostile);
  ADD ("bounded", test_bounded);

  return g_test_run ();
}
