/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "core/handover-picture-size.h"

#include <string.h>

/* Beyond it a header lies, or nothing could show the picture. */
#define LONGEST_SIDE 65535

/* Where and how a JPEG says which way is up. */
#define EXIF_MARKER 0xe1
#define ORIENTATION_TAG 0x0112
#define SHORT_TYPE 3

static guint
read_big (const guint8 *data,
          guint         n_bytes)
{
  guint value = 0;

  for (guint i = 0; i < n_bytes; i++)
    value = value << 8 | data[i];

  return value;
}

static guint
read_little (const guint8 *data,
             guint         n_bytes)
{
  guint value = 0;

  for (guint i = n_bytes; i > 0; i--)
    value = value << 8 | data[i - 1];

  return value;
}

static void
set_size (HandoverFileType *self,
          guint             width,
          guint             height)
{
  if (width == 0 || height == 0 || width > LONGEST_SIDE || height > LONGEST_SIDE)
    return;

  self->width = width;
  self->height = height;
}

/*< private >
 * handover_picture_size_read_gif:
 * @self: where the size goes
 * @data: (array length=size): the beginning of a GIF
 * @size: how much of it there is
 *
 * Reads the size of the canvas.
 */
void
handover_picture_size_read_gif (HandoverFileType *self,
                                const guint8     *data,
                                gsize             size)
{
  if (size >= 10)
    set_size (self, read_little (data + 6, 2), read_little (data + 8, 2));
}

/*< private >
 * handover_picture_size_read_png:
 * @self: where the size goes
 * @data: (array length=size): the beginning of a PNG
 * @size: how much of it there is
 *
 * Reads the size from the first chunk.
 */
void
handover_picture_size_read_png (HandoverFileType *self,
                                const guint8     *data,
                                gsize             size)
{
  if (size >= 24 && memcmp (data + 12, "IHDR", 4) == 0)
    set_size (self, read_big (data + 16, 4), read_big (data + 20, 4));
}

/* Frames of all processes begin alike; three of the sixteen numbers mean tables. */
static gboolean
begins_frame (guint8 marker)
{
  return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
}

static gboolean
stands_alone (guint8 marker)
{
  return marker == 0x01 || (marker >= 0xd0 && marker <= 0xd8);
}

typedef guint (*ReadNumber) (const guint8 *data, guint n_bytes);

/* Finds out of what a camera wrote beside the picture whether it lies on its side: 5 to 8 of eight ways to lie do. */
static gboolean
lies_on_side (const guint8 *exif,
              gsize         size)
{
  ReadNumber read;
  gsize at;
  guint n_entries;

  if (size < 14 || memcmp (exif, "Exif\0\0", 6) != 0)
    return FALSE;

  exif += 6;
  size -= 6;
  read = exif[0] == 'M' ? read_big : read_little;
  at = read (exif + 4, 4);
  if (at > size - 2)
    return FALSE;

  n_entries = read (exif + at, 2);
  for (at += 2; n_entries > 0 && at + 12 <= size; at += 12, n_entries--)
    {
      if (read (exif + at, 2) == ORIENTATION_TAG && read (exif + at + 2, 2) == SHORT_TYPE)
        return read (exif + at + 8, 2) >= 5 && read (exif + at + 8, 2) <= 8;
    }

  return FALSE;
}

/*< private >
 * handover_picture_size_read_jpeg:
 * @self: where the size goes
 * @data: (array length=size): the beginning of a JPEG
 * @size: how much of it there is
 *
 * Walks from segment to segment until one says how large the picture is, as it is looked at: cameras may leave it on its
 * side and say so before.
 */
void
handover_picture_size_read_jpeg (HandoverFileType *self,
                                 const guint8     *data,
                                 gsize             size)
{
  gsize at = 2;
  gboolean turned = FALSE;

  while (at + 4 <= size)
    {
      guint8 marker = data[at + 1];

      if (data[at] != 0xff)
        return;
      if (marker == 0xff)
        {
          at++;
          continue;
        }
      if (stands_alone (marker))
        {
          at += 2;
          continue;
        }
      if (begins_frame (marker))
        {
          if (at + 9 <= size)
            set_size (self, read_big (data + at + (turned ? 5 : 7), 2), read_big (data + at + (turned ? 7 : 5), 2));
          return;
        }
      if (marker == EXIF_MARKER)
        turned = turned || lies_on_side (data + at + 4, MIN (MAX (read_big (data + at + 2, 2), 2), size - at - 2) - 2);
      at += 2 + read_big (data + at + 2, 2);
    }
}

/*< private >
 * handover_picture_size_read_webp:
 * @self: where the size goes
 * @data: (array length=size): the beginning of a WebP
 * @size: how much of it there is
 *
 * Reads the size from the first chunk, which is one of three kinds.
 */
void
handover_picture_size_read_webp (HandoverFileType *self,
                                 const guint8     *data,
                                 gsize             size)
{
  if (size < 30)
    return;

  if (memcmp (data + 12, "VP8X", 4) == 0)
    {
      set_size (self, 1 + read_little (data + 24, 3), 1 + read_little (data + 27, 3));
    }
  else if (memcmp (data + 12, "VP8 ", 4) == 0 && memcmp (data + 23, "\x9d\x01\x2a", 3) == 0)
    {
      set_size (self, read_little (data + 26, 2) & 0x3fff, read_little (data + 28, 2) & 0x3fff);
    }
  else if (memcmp (data + 12, "VP8L", 4) == 0 && data[20] == 0x2f)
    {
      guint bits = read_little (data + 21, 4);

      set_size (self, 1 + (bits & 0x3fff), 1 + (bits >> 14 & 0x3fff));
    }
}
