/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define HANDOVER_JSON_MAX_DEPTH 32

/**
 * HandoverJsonFlags:
 * @HANDOVER_JSON_OPTIONAL: absent and null are fine
 * @HANDOVER_JSON_REQUIRED: absent and null are refused
 * @HANDOVER_JSON_NOT_EMPTY: required, and text of white space alone is refused too
 *
 * What a member of a request must be.
 */
typedef enum
{
  HANDOVER_JSON_OPTIONAL = 0,
  HANDOVER_JSON_REQUIRED = 1 << 0,
  HANDOVER_JSON_NOT_EMPTY = HANDOVER_JSON_REQUIRED | 1 << 1,
} HandoverJsonFlags;

/* Limits of the interface, in bytes where they measure text. */
#define HANDOVER_LIMIT_TEXT (16 * 1024)
#define HANDOVER_LIMIT_NAME 200
#define HANDOVER_LIMIT_EXTERNAL_ID 200
#define HANDOVER_LIMIT_METADATA (64 * 1024)
#define HANDOVER_LIMIT_TRANSCRIPT 2000

JsonNode * handover_json_parse       (GBytes             *bytes,
                                      GError            **error);
gboolean   handover_json_is_text     (const char         *text);
gboolean   handover_json_read_string (JsonObject         *object,
                                      const char         *path,
                                      const char         *member,
                                      HandoverJsonFlags   flags,
                                      gsize               limit,
                                      const char        **value,
                                      GError            **error);
gboolean   handover_json_read_enum   (JsonObject         *object,
                                      const char         *path,
                                      const char         *member,
                                      HandoverJsonFlags   flags,
                                      GType               type,
                                      int                *value,
                                      GError            **error);
gboolean   handover_json_read_integer (JsonObject        *object,
                                       const char         *path,
                                       const char         *member,
                                       HandoverJsonFlags   flags,
                                       gint64              minimum,
                                       gint64              maximum,
                                       gint64             *value,
                                       GError            **error);
gboolean   handover_json_read_boolean (JsonObject        *object,
                                       const char         *path,
                                       const char         *member,
                                       HandoverJsonFlags   flags,
                                       gboolean           *value,
                                       GError            **error);
gboolean   handover_json_read_fraction (JsonObject       *object,
                                        const char         *path,
                                        const char         *member,
                                        HandoverJsonFlags   flags,
                                        double             *value,
                                        GError            **error);
gboolean   handover_json_read_time   (JsonObject         *object,
                                      const char         *path,
                                      const char         *member,
                                      HandoverJsonFlags   flags,
                                      gint64             *value,
                                      GError            **error);
gboolean   handover_json_read_object (JsonObject         *object,
                                      const char         *path,
                                      const char         *member,
                                      HandoverJsonFlags   flags,
                                      JsonObject        **value,
                                      GError            **error);
gboolean   handover_json_read_array  (JsonObject         *object,
                                      const char         *path,
                                      const char         *member,
                                      HandoverJsonFlags   flags,
                                      guint               limit,
                                      JsonArray         **value,
                                      GError            **error);

G_END_DECLS
