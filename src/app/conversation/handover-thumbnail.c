/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "config.h"

#include "app/conversation/handover-thumbnail.h"

#include <glib/gi18n.h>

/* A picture that claims more than this is not read: a few kilobytes can stand for gigabytes of pixels. */
#define MOST_PIXELS (100LL * 1000 * 1000)

typedef struct
{
  char *path;
  int most;
} Wish;

static void
wish_free (Wish *wish)
{
  g_free (wish->path);
  g_free (wish);
}

static GdkTexture *
create_texture (GdkPixbuf *pixbuf)
{
  g_autoptr (GBytes) bytes = gdk_pixbuf_read_pixel_bytes (pixbuf);

  return gdk_memory_texture_new (gdk_pixbuf_get_width (pixbuf), gdk_pixbuf_get_height (pixbuf),
                                 gdk_pixbuf_get_has_alpha (pixbuf) ? GDK_MEMORY_R8G8B8A8 : GDK_MEMORY_R8G8B8, bytes,
                                 (gsize) gdk_pixbuf_get_rowstride (pixbuf));
}

static void
load_in_thread (GTask        *task,
                gpointer      source,
                gpointer      data,
                GCancellable *cancellable)
{
  Wish *wish = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkPixbuf) pixbuf = NULL;
  g_autoptr (GdkPixbuf) upright = NULL;
  int width, height;

  if (gdk_pixbuf_get_file_info (wish->path, &width, &height) == NULL || (gint64) width * height > MOST_PIXELS)
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, _("This picture cannot be shown."));
      return;
    }

  if (width > wish->most || height > wish->most)
    pixbuf = gdk_pixbuf_new_from_file_at_size (wish->path, wish->most, wish->most, &error);
  else
    pixbuf = gdk_pixbuf_new_from_file (wish->path, &error);
  if (pixbuf == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  /* Cameras tell in the file which side was up. */
  upright = gdk_pixbuf_apply_embedded_orientation (pixbuf);
  g_task_return_pointer (task, create_texture (upright), g_object_unref);
}

/**
 * handover_thumbnail_load_async:
 * @file: a picture on this computer
 * @most: pixels of its longer side to make at most
 * @cancellable: (nullable): to stop waiting for it
 * @callback: called when it is there
 * @user_data: for @callback
 *
 * Reads a picture on a thread, no larger than it will be shown.
 */
void
handover_thumbnail_load_async (GFile               *file,
                               int                  most,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Wish *wish = g_new0 (Wish, 1);

  wish->path = g_file_get_path (file);
  wish->most = most;
  g_task_set_source_tag (task, handover_thumbnail_load_async);
  g_task_set_task_data (task, wish, (GDestroyNotify) wish_free);
  g_task_run_in_thread (task, load_in_thread);
}

/**
 * handover_thumbnail_load_finish:
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Ends reading a picture.
 *
 * Returns: (transfer full): the picture, or %NULL with an error if the file is none, or too large
 */
GdkTexture *
handover_thumbnail_load_finish (GAsyncResult  *result,
                                GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
