/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include "client/store/handover-outbox.h"
#include "test-mirror-fixture.h"

G_BEGIN_DECLS

/* An operator who holds the conversation "a", and what the outbox gave back to them. */
typedef struct
{
  MirrorFixture mirror;
  HandoverOutbox *outbox;
  HandoverTranscript *transcript;
  GString *returned;
} OutboxFixture;

void outbox_fixture_set_up            (OutboxFixture *fixture,
                                       gconstpointer  data);
void outbox_fixture_tear_down         (OutboxFixture *fixture,
                                       gconstpointer  data);
void outbox_fixture_restart           (OutboxFixture *fixture);
void outbox_fixture_go_online         (OutboxFixture *fixture);
void outbox_fixture_reply             (OutboxFixture *fixture,
                                       const char    *text,
                                       gint64         epoch);
void outbox_fixture_note              (OutboxFixture *fixture,
                                       const char    *text);
void outbox_fixture_accept            (OutboxFixture *fixture,
                                       const char    *id,
                                       const char    *text);
void outbox_fixture_apply             (OutboxFixture *fixture,
                                       const char    *control,
                                       const char    *holder,
                                       gint64         version);
void outbox_fixture_assert_waiting    (OutboxFixture *fixture,
                                       const char    *text);
void outbox_fixture_assert_transcript (OutboxFixture *fixture,
                                       const char    *expected);
void outbox_fixture_assert_drafts     (OutboxFixture *fixture,
                                       const char    *reply,
                                       const char    *note);

G_END_DECLS
