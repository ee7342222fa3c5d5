/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include "client/handover-account.h"
#include "client/scripted-server.h"

G_BEGIN_DECLS

/* A scripted service with one business, its owner Kim and one conversation that waits, as of event 10. */

#define SCRIPTED_KIM "{\"id\":\"op_kim\",\"name\":\"Kim\",\"email\":\"kim@example.com\",\"role\":\"owner\"," \
                     "\"presence\":\"available\",\"active\":true}"

#define SCRIPTED_SHOP "{\"id\":\"biz_1\",\"name\":\"Shop\",\"transition_message\":\"One moment.\"," \
                      "\"created_at\":\"2026-01-01T00:00:00.000Z\"}"

void             scripted_desk_open         (ScriptedServer  *server);
char            *scripted_desk_conversation (const char      *id,
                                             const char      *control,
                                             const char      *holder_id,
                                             int              epoch,
                                             int              version);
void             scripted_desk_send         (ScriptedServer  *server,
                                             int              sequence,
                                             const char      *kind,
                                             const char      *member,
                                             const char      *object);
HandoverAccount *scripted_desk_sign_in      (ScriptedServer  *server);

/* Gives the result of an asynchronous call to the test that waits for it. */
void             scripted_desk_take_result  (GObject         *object,
                                             GAsyncResult    *result,
                                             gpointer         user_data);

G_END_DECLS
