/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "core/handover-file-type.h"

#include <string.h>

/* The beginnings of files; each is as short as says what it is. */
typedef struct
{
  const char *data;
  gsize size;
  const char *type;
  guint width;
  guint height;
} Case;

#define CASE(data, ...) { data, sizeof data - 1, __VA_ARGS__ }

#define JPEG_HEAD "\xff\xd8\xff\xe0\0\x10JFIF\0\1\1\0\0\1\0\1\0\0"
#define JPEG_FRAME "\xff\xc2\0\x11\x08\x02\x58\x03\x20\3\1\x22\0\2\x11\1\3\x11\1"
#define EXIF_BIG(way) "\xff\xe1\0\x22" "Exif\0\0MM\0*\0\0\0\x08\0\1\1\x12\0\3\0\0\0\1\0" way "\0\0\0\0\0\0"
#define EXIF_LITTLE(way) "\xff\xe1\0\x22" "Exif\0\0II*\0\x08\0\0\0\1\0\x12\1\3\0\1\0\0\0" way "\0\0\0\0\0\0\0"
#define EXIF_FAR "\xff\xe1\0\x10" "Exif\0\0II*\0\xff\xff\xff\xff"
#define EXIF_SHORT "\xff\xe1\0\x1a" "Exif\0\0MM\0*\0\0\0\x08\xff\xff\1\x12\0\3\0\0\0\1"
#define JPEG_TABLE "\xff\xc4\0\x05\1\2\3"
#define WORD "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
#define ZIP_ENTRY "PK\3\4\x14\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"

static const Case cases[] = {
  CASE (JPEG_HEAD JPEG_FRAME, "image/jpeg", 800, 600),
  CASE (JPEG_HEAD JPEG_TABLE "\xff\xff" JPEG_FRAME, "image/jpeg", 800, 600),
  CASE (JPEG_HEAD EXIF_BIG ("\6") JPEG_FRAME, "image/jpeg", 600, 800),
  CASE (JPEG_HEAD EXIF_LITTLE ("\x08") JPEG_FRAME, "image/jpeg", 600, 800),
  CASE (JPEG_HEAD EXIF_LITTLE ("\5") JPEG_TABLE JPEG_FRAME, "image/jpeg", 600, 800),
  CASE (JPEG_HEAD EXIF_BIG ("\3") JPEG_FRAME, "image/jpeg", 800, 600),
  CASE (JPEG_HEAD EXIF_BIG ("\x09") JPEG_FRAME, "image/jpeg", 800, 600),
  CASE (JPEG_HEAD EXIF_FAR JPEG_FRAME, "image/jpeg", 800, 600),
  CASE (JPEG_HEAD EXIF_SHORT JPEG_FRAME, "image/jpeg", 800, 600),
  CASE (JPEG_HEAD "\xff\xe1\0\0" JPEG_FRAME, "image/jpeg", 0, 0),
  CASE (JPEG_HEAD, "image/jpeg", 0, 0),
  CASE (JPEG_HEAD "\xff\xc0\0\x11\x08\x02", "image/jpeg", 0, 0),
  CASE (JPEG_HEAD "\xff\xc0\0\x11\x08\0\0\0\0\3", "image/jpeg", 0, 0),
  CASE ("\xff\xd8\xff\xda\0\0", "image/jpeg", 0, 0),
  CASE ("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\1\0\0\0\0\x10\x08", "image/png", 256, 16),
  CASE ("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\xff\xff\xff\xff\0\0\0\1", "image/png", 0, 0),
  CASE ("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0", "image/png", 0, 0),
  CASE ("GIF89a\x2c\1\x90\1", "image/gif", 300, 400),
  CASE ("GIF87a\x2c", "image/gif", 0, 0),
  CASE ("RIFF\0\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0\x1f\3\0\x57\2\0", "image/webp", 800, 600),
  CASE ("RIFF\0\0\0\0WEBPVP8 \0\0\0\0\0\0\0\x9d\1\x2a\x20\x03\x58\x02", "image/webp", 800, 600),
  CASE ("RIFF\0\0\0\0WEBPVP8L\0\0\0\0\x2f\x1f\xc3\x95\0\0\0\0\0\0", "image/webp", 800, 600),
  CASE ("RIFF\0\0\0\0WEBPVP8X", "image/webp", 0, 0),
  CASE ("RIFF\0\0\0\0WAVEfmt ", "audio/wav"),
  CASE ("\0\0\0\x18" "ftypheic\0\0\0\0", "image/heic"),
  CASE ("\0\0\0\x18" "ftypavif\0\0\0\0", "image/avif"),
  CASE ("\0\0\0\x18" "ftypM4A \0\0\0\0", "audio/mp4"),
  CASE ("\0\0\0\x18" "ftypisom\0\0\0\0", "video/mp4"),
  CASE ("\0\0\0\x18" "ftyp3gp4\0\0\0\0", "video/3gpp"),
  CASE ("\0\0\0\x14" "ftypqt  \0\0\0\0", "video/quicktime"),
  CASE ("\x1a\x45\xdf\xa3\x9f\x42\x86\x81\1\x42\xf7\x81\1\x42\x82\x84webm", "video/webm"),
  CASE ("\x1a\x45\xdf\xa3\x9f\x42\x86\x81\1\x42\x82\x88matroska", "video/x-matroska"),
  CASE ("OggS\0\2\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\1\x13OpusHead", "audio/ogg"),
  CASE ("OggS\0\2\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\1\x2a\x80theora", "video/ogg"),
  CASE ("ID3\3\0\0\0\0\0\0", "audio/mpeg"),
  CASE ("\xff\xfb\x90\x64\0\0", "audio/mpeg"),
  CASE ("\xff\xfb\xf0\x64\0\0", HANDOVER_FILE_TYPE_UNKNOWN),
  CASE ("\xff\xf1\x50\x80\0\0", "audio/aac"),
  CASE ("#!AMR\n\x3c", "audio/amr"),
  CASE ("fLaC\0\0\0\x22", "audio/flac"),
  CASE ("%PDF-1.7\n%\xe2\xe3", "application/pdf"),
  CASE (ZIP_ENTRY "photo.jpeg", "application/zip"),
  CASE (ZIP_ENTRY "[Content_Types].xml...." ZIP_ENTRY "word/document.xml", WORD),
  CASE (ZIP_ENTRY "mimetypeapplication/vnd.oasis.opendocument.textPK", "application/vnd.oasis.opendocument.text"),
  CASE ("PK\3\4", "application/zip"),
  CASE ("PK\5\6\0\0", HANDOVER_FILE_TYPE_UNKNOWN),
  CASE ("7z\xbc\xaf\x27\x1c\0\4", "application/x-7z-compressed"),
  CASE ("\x1f\x8b\x08\0", "application/gzip"),
  CASE ("Hello,\r\n\tworld", "text/plain"),
  CASE ("Gr\xc3\xbc\xc3\x9f" "e", "text/plain"),
  CASE ("cut in a letter \xf0\x9f\x98", "text/plain"),
  CASE ("latin \xe9 letter", HANDOVER_FILE_TYPE_UNKNOWN),
  CASE ("nul \0 inside", HANDOVER_FILE_TYPE_UNKNOWN),
  CASE ("\x7f" "ELF\2\1\1", HANDOVER_FILE_TYPE_UNKNOWN),
  CASE ("", HANDOVER_FILE_TYPE_UNKNOWN),
  /* What a browser would run is never called by its name. */
  CASE ("<!DOCTYPE html><script>alert(1)</script>", "text/plain"),
  CASE ("<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>", "text/plain"),
  CASE ("<?xml version=\"1.0\"?><svg/>", "text/plain"),
};

static void
test_all (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      HandoverFileType type;

      g_test_message ("%u: %s", i, cases[i].type);
      handover_file_type_sniff (&type, (const guint8 *) cases[i].data, cases[i].size);
      g_assert_cmpstr (type.type, ==, cases[i].type);
      g_assert_cmpuint (type.width, ==, cases[i].width);
      g_assert_cmpuint (type.height, ==, cases[i].height);
    }
}

/* A beginning that is cut off anywhere is read to its end and no further; the copies make a reader that goes on crash. */
static void
test_cut_off (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    for (gsize size = 0; size <= cases[i].size; size++)
      {
        g_autofree guint8 *copy = g_memdup2 (cases[i].data, size);
        HandoverFileType type;

        handover_file_type_sniff (&type, copy, size);
        g_assert_nonnull (type.type);
        g_assert_true ((type.width == 0) == (type.height == 0));
      }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/file-type/all", test_all);
  g_test_add_func ("/file-type/cut-off", test_cut_off);

  return g_test_run ();
}
