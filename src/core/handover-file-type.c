/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "core/handover-file-type.h"

#include <string.h>

#include "core/handover-picture-size.h"

/* How far into a container its own words for what it holds are looked for. */
#define CONTAINER_REACH 256

/* A type that is told by bytes at one place. */
typedef struct
{
  gsize place;
  const char *magic;
  gsize length;
  const char *type;
  void (*read_size) (HandoverFileType *self,
                     const guint8     *data,
                     gsize             size);
} Magic;

#define MAGIC(place, magic, type, read_size) { place, magic, sizeof magic - 1, type, read_size }

static const Magic magics[] = {
  MAGIC (0, "\xff\xd8\xff", "image/jpeg", handover_picture_size_read_jpeg),
  MAGIC (0, "\x89PNG\r\n\x1a\n", "image/png", handover_picture_size_read_png),
  MAGIC (0, "GIF87a", "image/gif", handover_picture_size_read_gif),
  MAGIC (0, "GIF89a", "image/gif", handover_picture_size_read_gif),
  MAGIC (0, "%PDF-", "application/pdf", NULL),
  MAGIC (0, "ID3", "audio/mpeg", NULL),
  MAGIC (0, "fLaC", "audio/flac", NULL),
  MAGIC (0, "#!AMR\n", "audio/amr", NULL),
  MAGIC (0, "\x1f\x8b\x08", "application/gzip", NULL),
  MAGIC (0, "7z\xbc\xaf\x27\x1c", "application/x-7z-compressed", NULL),
};

/* The first brand of a file of boxes (ISO base media); what is not listed is a film. */
static const struct
{
  const char *brand;
  const char *type;
} brands[] = {
  { "M4A ", "audio/mp4" },
  { "M4B ", "audio/mp4" },
  { "M4P ", "audio/mp4" },
  { "avif", "image/avif" },
  { "avis", "image/avif" },
  { "heic", "image/heic" },
  { "heix", "image/heic" },
  { "hevc", "image/heic" },
  { "mif1", "image/heic" },
  { "msf1", "image/heic" },
  { "qt  ", "video/quicktime" },
};

/* The name of an entry by which a ZIP file is known as something else. */
static const struct
{
  const char *prefix;
  const char *type;
} entries[] = {
  { "word/", "application/vnd.openxmlformats-officedocument.wordprocessingml.document" },
  { "xl/", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" },
  { "ppt/", "application/vnd.openxmlformats-officedocument.presentationml.presentation" },
  { "mimetypeapplication/vnd.oasis.opendocument.text", "application/vnd.oasis.opendocument.text" },
  { "mimetypeapplication/vnd.oasis.opendocument.spreadsheet", "application/vnd.oasis.opendocument.spreadsheet" },
  { "mimetypeapplication/vnd.oasis.opendocument.presentation", "application/vnd.oasis.opendocument.presentation" },
  { "mimetypeapplication/epub+zip", "application/epub+zip" },
};

static gboolean
holds (const guint8 *data,
       gsize         size,
       gsize         place,
       const char   *bytes,
       gsize         length)
{
  return size >= length && place <= size - length && memcmp (data + place, bytes, length) == 0;
}

#define HOLDS(data, size, place, bytes) holds (data, size, place, bytes, sizeof bytes - 1)

static gboolean
mentions (const guint8 *data,
          gsize         size,
          const char   *word)
{
  gsize length = strlen (word);
  gsize reach = MIN (size, CONTAINER_REACH);

  for (gsize at = 0; at + length <= reach; at++)
    if (memcmp (data + at, word, length) == 0)
      return TRUE;

  return FALSE;
}

static const char *
sniff_boxes (const guint8 *data,
             gsize         size)
{
  if (size < 12 || !HOLDS (data, size, 4, "ftyp"))
    return NULL;

  for (guint i = 0; i < G_N_ELEMENTS (brands); i++)
    if (memcmp (data + 8, brands[i].brand, 4) == 0)
      return brands[i].type;

  return HOLDS (data, size, 8, "3g") ? "video/3gpp" : "video/mp4";
}

static const char *
sniff_riff (HandoverFileType *self,
            const guint8     *data,
            gsize             size)
{
  if (!HOLDS (data, size, 0, "RIFF"))
    return NULL;
  if (HOLDS (data, size, 8, "WAVE"))
    return "audio/wav";
  if (!HOLDS (data, size, 8, "WEBP"))
    return NULL;

  handover_picture_size_read_webp (self, data, size);
  return "image/webp";
}

static const char *
sniff_container (const guint8 *data,
                 gsize         size)
{
  if (HOLDS (data, size, 0, "OggS"))
    return mentions (data, size, "theora") ? "video/ogg" : "audio/ogg";
  if (HOLDS (data, size, 0, "\x1a\x45\xdf\xa3"))
    return mentions (data, size, "webm") ? "video/webm" : "video/x-matroska";

  return NULL;
}

/* A frame of MPEG audio has no magic number, only bits that must not be what they are in most other files. */
static const char *
sniff_audio_frame (const guint8 *data,
                   gsize         size)
{
  if (size < 4 || data[0] != 0xff)
    return NULL;
  if ((data[1] & 0xf6) == 0xf0)
    return "audio/aac";
  if ((data[1] & 0xe6) != 0xe2 || (data[1] & 0x18) == 0x08)
    return NULL;

  return data[2] >> 4 != 0x0f && data[2] >> 4 != 0 && (data[2] & 0x0c) != 0x0c ? "audio/mpeg" : NULL;
}

static const char *
sniff_zip (const guint8 *data,
           gsize         size)
{
  const gsize name_place = 30;

  if (!HOLDS (data, size, 0, "PK\x03\x04"))
    return NULL;

  for (gsize at = 0; at + name_place < size; at++)
    {
      if (data[at] != 'P' || !HOLDS (data, size, at, "PK\x03\x04"))
        continue;
      for (guint i = 0; i < G_N_ELEMENTS (entries); i++)
        if (holds (data, size, at + name_place, entries[i].prefix, strlen (entries[i].prefix)))
          return entries[i].type;
    }

  return "application/zip";
}

/* What is shown as text, whatever it is written in: a page or a drawing with a program inside is text here too. */
static gboolean
is_text (const guint8 *data,
         gsize         size)
{
  const char *end;

  for (gsize i = 0; i < size; i++)
    if ((data[i] < 0x20 && (data[i] < '\t' || data[i] > '\r')) || data[i] == 0x7f)
      return FALSE;
  if (g_utf8_validate_len ((const char *) data, size, &end))
    return TRUE;

  /* The beginning of a longer file may end within a letter. */
  return g_utf8_get_char_validated (end, (const char *) data + size - end) == (gunichar) -2;
}

static const char *
sniff (HandoverFileType *self,
       const guint8     *data,
       gsize             size)
{
  const char *type = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (magics); i++)
    {
      const Magic *magic = &magics[i];

      if (!holds (data, size, magic->place, magic->magic, magic->length))
        continue;
      if (magic->read_size != NULL)
        magic->read_size (self, data, size);
      return magic->type;
    }

  type = sniff_boxes (data, size);
  if (type == NULL)
    type = sniff_riff (self, data, size);
  if (type == NULL)
    type = sniff_container (data, size);
  if (type == NULL)
    type = sniff_zip (data, size);
  if (type == NULL)
    type = sniff_audio_frame (data, size);
  if (type == NULL && size > 0 && is_text (data, size))
    type = "text/plain";

  return type != NULL ? type : HANDOVER_FILE_TYPE_UNKNOWN;
}

/**
 * handover_file_type_sniff:
 * @self: (out caller-allocates): what it is
 * @data: (array length=size) (nullable): the beginning of a file, the more the better; some 64 KiB find most sizes
 * @size: how much of it there is
 *
 * Tells what a file is by its bytes alone. Whatever a browser would run, such as HTML or SVG, is text or nothing known.
 */
void
handover_file_type_sniff (HandoverFileType *self,
                          const guint8     *data,
                          gsize             size)
{
  self->width = 0;
  self->height = 0;
  self->type = sniff (self, data, size);
}
