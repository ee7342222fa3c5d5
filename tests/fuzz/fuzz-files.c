/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include <string.h>

#include "core/handover-attachment.h"
#include "core/handover-file-name.h"
#include "core/handover-file-type.h"
#include "fuzz-target.h"

/* Bytes of a file have a type that no browser runs, and a size that a picture can have. */
static void
check_type (const guint8 *data,
            gsize         size)
{
  HandoverFileType type;
  g_autoptr (HandoverAttachment) attachment = g_object_new (HANDOVER_TYPE_ATTACHMENT, NULL);

  handover_file_type_sniff (&type, data, size);
  g_assert_nonnull (strchr (type.type, '/'));
  g_assert_null (strstr (type.type, "html"));
  g_assert_null (strstr (type.type, "xml+"));
  g_assert_null (strstr (type.type, "svg"));
  g_assert_true ((type.width == 0) == (type.height == 0));
  g_assert_cmpuint (type.width, <=, G_MAXUINT16);
  g_assert_cmpuint (type.height, <=, G_MAXUINT16);

  attachment->type = g_strdup (type.type);
  if (type.width > 0)
    g_assert_cmpint (handover_attachment_get_kind (attachment), ==, HANDOVER_ATTACHMENT_IMAGE);
}

#define ENCODED "\"; filename*=UTF-8''"

/* A name is safe wherever a name is used: as a file, on the screen, and in a header. */
static void
check_name (const char *name)
{
  g_autofree char *clean = handover_file_name_clean (name);
  g_autofree char *again = handover_file_name_clean (clean);
  g_autofree char *disposition = handover_file_name_to_disposition (clean);
  /* The plain name has no quotation mark, so this is where it ends. */
  g_autofree char *decoded = g_uri_unescape_string (strstr (disposition, ENCODED) + strlen (ENCODED), NULL);

  g_assert_cmpuint (strlen (clean), >, 0);
  g_assert_cmpuint (strlen (clean), <=, HANDOVER_LIMIT_FILE_NAME);
  g_assert_true (g_utf8_validate (clean, -1, NULL));
  g_assert_null (strpbrk (clean, "/\\"));
  g_assert_true (*clean != '.');
  g_assert_cmpstr (again, ==, clean);
  for (const char *at = clean; *at != '\0'; at = g_utf8_next_char (at))
    g_assert_false (g_unichar_iscntrl (g_utf8_get_char (at)));

  for (const char *at = disposition; *at != '\0'; at++)
    g_assert_true (g_ascii_isprint (*at));
  g_assert_cmpstr (decoded, ==, clean);
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autofree char *name = g_strndup ((const char *) data, size);

  check_type (data, size);
  check_name (name);
  return 0;
}
