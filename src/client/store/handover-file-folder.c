/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#define G_LOG_DOMAIN "handover-file-folder"

#include "config.h"

#include "client/store/handover-file-folder.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "core/handover-file-name.h"
#include "core/handover-file-type.h"
#include "core/handover-problem.h"

#define MIRROR_ENDING ".sqlite"
#define FOLDER_ENDING ".files"
#define DRAFTS "drafts"
#define DOWNLOADS "downloads"

/* How much of a file is looked at to tell what it is; also what is read at once. */
#define HEAD_SIZE (256 * 1024)

/**
 * handover_file_folder_get_path:
 * @mirror_path: the file of an account's mirror
 *
 * Names the folder of the same account.
 *
 * Returns: (transfer full): its path
 */
char *
handover_file_folder_get_path (const char *mirror_path)
{
  g_autofree char *stem = g_strdup (mirror_path);

  if (g_str_has_suffix (stem, MIRROR_ENDING))
    stem[strlen (stem) - strlen (MIRROR_ENDING)] = '\0';
  return g_strconcat (stem, FOLDER_ENDING, NULL);
}

/**
 * handover_file_folder_get_draft:
 * @folder: an account's folder
 * @id: the local id of a file that is to be sent
 *
 * Names the copy of a file that is to be sent.
 *
 * Returns: (transfer full): its path
 */
char *
handover_file_folder_get_draft (const char *folder,
                                const char *id)
{
  return g_build_filename (folder, DRAFTS, id, NULL);
}

/* Ids are the service's: what cannot be a file's name is made one. */
static char *
clean_id (const char *id)
{
  return g_strcanon (g_strdup (id), G_CSET_a_2_z G_CSET_A_2_Z G_CSET_DIGITS "_-", '_');
}

/**
 * handover_file_folder_get_download:
 * @folder: an account's folder
 * @attachment_id: the service's id of a file
 * @name: the file's name, which is made clean once more
 *
 * Names the place of a download: the file keeps its name, in a folder of its own.
 *
 * Returns: (transfer full): its path
 */
char *
handover_file_folder_get_download (const char *folder,
                                   const char *attachment_id,
                                   const char *name)
{
  g_autofree char *id = clean_id (attachment_id);
  g_autofree char *file = handover_file_name_clean (name);

  return g_build_filename (folder, DOWNLOADS, id, file, NULL);
}

static gboolean
make_folder_of (const char  *path,
                GError     **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  int saved;

  if (g_mkdir_with_parents (folder, 0700) == 0)
    return TRUE;

  saved = errno;
  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (saved), "%s: %s", folder, g_strerror (saved));
  return FALSE;
}

static gboolean
refuse_size (const char  *name,
             gint64       size,
             GError     **error)
{
  g_autofree char *limit = NULL;

  if (size == 0)
    {
      /* Translators: a file that the operator wants to send */
      g_set_error (error, HANDOVER_PROBLEM, HANDOVER_PROBLEM_INVALID_REQUEST, _("“%s” is empty."), name);
      return FALSE;
    }
  if (size <= HANDOVER_LIMIT_ATTACHMENT)
    return TRUE;

  limit = g_format_size_full (HANDOVER_LIMIT_ATTACHMENT, G_FORMAT_SIZE_IEC_UNITS);
  /* Translators: the first is a file that the operator wants to send, the second a size, such as “25.0 MiB” */
  g_set_error (error, HANDOVER_PROBLEM, HANDOVER_PROBLEM_TOO_LARGE, _("“%s” is too large. A file can have up to %s."),
               name, limit);
  return FALSE;
}

/* The size is counted as it is copied: what a file says of itself may change, or be unknown. */
static gboolean
copy_bytes (GInputStream        *source,
            GOutputStream       *target,
            HandoverAttachment  *attachment,
            GCancellable        *cancellable,
            GError             **error)
{
  g_autofree guint8 *buffer = g_malloc (HEAD_SIZE);
  HandoverFileType type;
  gsize length;

  do
    {
      if (!g_input_stream_read_all (source, buffer, HEAD_SIZE, &length, cancellable, error))
        return FALSE;
      if (attachment->size == 0)
        {
          handover_file_type_sniff (&type, buffer, length);
          attachment->type = g_strdup (type.type);
          attachment->width = type.width;
          attachment->height = type.height;
        }
      attachment->size += length;
      if (!refuse_size (attachment->name, attachment->size, error) ||
          !g_output_stream_write_all (target, buffer, length, NULL, cancellable, error))
        return FALSE;
    }
  while (length == HEAD_SIZE);

  return g_output_stream_close (target, cancellable, error);
}

/**
 * handover_file_folder_copy:
 * @folder: an account's folder
 * @source: a file that is to be sent
 * @name: its name
 * @cancellable: (nullable): a cancellable
 * @error: return location; %HANDOVER_PROBLEM for a file that can never be sent
 *
 * Copies a file that is to be sent, so that it is there as long as it is needed. The copy is the owner's alone.
 *
 * Returns: (transfer full) (nullable): what it is, with a new local id
 */
HandoverAttachment *
handover_file_folder_copy (const char    *folder,
                           GInputStream  *source,
                           const char    *name,
                           GCancellable  *cancellable,
                           GError       **error)
{
  g_autoptr (HandoverAttachment) attachment = g_object_new (HANDOVER_TYPE_ATTACHMENT, NULL);
  g_autofree char *path = NULL;
  g_autoptr (GFile) file = NULL;
  g_autoptr (GFileOutputStream) target = NULL;

  attachment->id = g_uuid_string_random ();
  attachment->name = handover_file_name_clean (name);
  path = handover_file_folder_get_draft (folder, attachment->id);
  if (!make_folder_of (path, error))
    return NULL;

  file = g_file_new_for_path (path);
  target = g_file_create (file, G_FILE_CREATE_PRIVATE, cancellable, error);
  if (target == NULL)
    return NULL;
  if (copy_bytes (source, G_OUTPUT_STREAM (target), attachment, cancellable, error))
    return g_steal_pointer (&attachment);

  g_unlink (path);
  return NULL;
}

/**
 * handover_file_folder_adopt:
 * @folder: an account's folder
 * @draft_id: the local id of a file that was sent
 * @attachment_id: the service's id of it
 * @name: its name
 *
 * Keeps the copy of a file that was sent as if it had been downloaded.
 *
 * Returns: whether it could
 */
gboolean
handover_file_folder_adopt (const char *folder,
                            const char *draft_id,
                            const char *attachment_id,
                            const char *name)
{
  g_autofree char *from = handover_file_folder_get_draft (folder, draft_id);
  g_autofree char *to = handover_file_folder_get_download (folder, attachment_id, name);

  if (make_folder_of (to, NULL) && g_rename (from, to) == 0)
    return TRUE;

  g_unlink (from);
  return FALSE;
}

/**
 * handover_file_folder_sweep:
 * @folder: an account's folder
 * @known: (element-type utf8 utf8): the local ids of all files that are to be sent
 * @before: seconds since 1970: what is newer is left alone
 *
 * Removes copies that nothing names any more, as a crash can leave them.
 */
void
handover_file_folder_sweep (const char *folder,
                            GHashTable *known,
                            gint64      before)
{
  g_autofree char *drafts = g_build_filename (folder, DRAFTS, NULL);
  g_autoptr (GDir) entries = g_dir_open (drafts, 0, NULL);
  const char *name;

  while (entries != NULL && (name = g_dir_read_name (entries)) != NULL)
    {
      g_autofree char *path = g_build_filename (drafts, name, NULL);
      GStatBuf about;

      if (!g_hash_table_contains (known, name) && g_stat (path, &about) == 0 && about.st_mtime < before)
        g_unlink (path);
    }
}

typedef struct
{
  char *path;
  gint64 size;
  gint64 looked_at;
} Download;

static void
download_clear (gpointer data)
{
  g_free (((Download *) data)->path);
}

static int
compare_downloads (gconstpointer one,
                   gconstpointer other)
{
  const Download *a = one;
  const Download *b = other;

  return (a->looked_at < b->looked_at) - (a->looked_at > b->looked_at);
}

static void
list_downloads (const char *place,
                GArray     *downloads)
{
  g_autoptr (GDir) entries = g_dir_open (place, 0, NULL);
  const char *name;

  while (entries != NULL && (name = g_dir_read_name (entries)) != NULL)
    {
      Download download = { g_build_filename (place, name, NULL), 0, 0 };
      GStatBuf about;

      if (g_stat (download.path, &about) == 0)
        {
          download.size = about.st_size;
          download.looked_at = about.st_mtime;
        }
      g_array_append_val (downloads, download);
    }
}

/**
 * handover_file_folder_trim:
 * @folder: an account's folder
 * @limit: how many bytes of downloads may stay
 *
 * Removes the downloads that nobody looked at for longest.
 */
void
handover_file_folder_trim (const char *folder,
                           gint64      limit)
{
  g_autofree char *places = g_build_filename (folder, DOWNLOADS, NULL);
  g_autoptr (GDir) entries = g_dir_open (places, 0, NULL);
  g_autoptr (GArray) downloads = g_array_new (FALSE, FALSE, sizeof (Download));
  const char *name;
  gint64 kept = 0;

  g_array_set_clear_func (downloads, download_clear);
  while (entries != NULL && (name = g_dir_read_name (entries)) != NULL)
    {
      g_autofree char *place = g_build_filename (places, name, NULL);

      list_downloads (place, downloads);
    }

  g_array_sort (downloads, compare_downloads);
  for (guint i = 0; i < downloads->len; i++)
    {
      Download *download = &g_array_index (downloads, Download, i);
      g_autofree char *place = g_path_get_dirname (download->path);

      kept += download->size;
      if (kept <= limit)
        continue;

      g_unlink (download->path);
      g_rmdir (place);
    }
}

/**
 * handover_file_folder_remove:
 * @folder: an account's folder
 * @error: return location
 *
 * Removes the folder with all that is in it.
 *
 * Returns: whether it is gone
 */
gboolean
handover_file_folder_remove (const char  *folder,
                             GError     **error)
{
  g_autoptr (GDir) entries = g_dir_open (folder, 0, NULL);
  const char *name;
  int saved;

  while (entries != NULL && (name = g_dir_read_name (entries)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_DIR) && !g_file_test (path, G_FILE_TEST_IS_SYMLINK))
        {
          if (!handover_file_folder_remove (path, error))
            return FALSE;
        }
      else
        {
          g_unlink (path);
        }
    }

  if (g_rmdir (folder) == 0 || errno == ENOENT)
    return TRUE;

  saved = errno;
  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (saved), "%s: %s", folder, g_strerror (saved));
  return FALSE;
}
