/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

const char *handover_telegram_json_text    (JsonObject *object,
                                            const char *member);
JsonObject *handover_telegram_json_object  (JsonObject *object,
                                            const char *member);
JsonArray  *handover_telegram_json_array   (JsonObject *object,
                                            const char *member);
gboolean    handover_telegram_json_integer (JsonObject *object,
                                            const char *member,
                                            gint64     *value);
gboolean    handover_telegram_json_number  (JsonObject *object,
                                            const char *member,
                                            double     *value);
gboolean    handover_telegram_json_boolean (JsonObject *object,
                                            const char *member);
JsonNode   *handover_telegram_json_parse   (GBytes     *bytes,
                                            GError    **error);

G_END_DECLS
