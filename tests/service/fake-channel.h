/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include "service/channels/handover-channel.h"

G_BEGIN_DECLS

/* A platform of the tests' own: what it was sent it remembers, and it answers as it is told. It is one process long, so it
 * outlives the services that are started and stopped against it. */

#define FAKE_TEXT_LIMIT 20
#define FAKE_CAPTION_LIMIT 10
#define FAKE_FILE_LIMIT 1000
#define FAKE_PER_SECOND 40
#define FAKE_CHAT_INTERVAL 20

/* A send that gets no answer for as long as the service runs. */
#define FAKE_HANG 100

/* A text that is taken and not remembered. */
#define FAKE_QUIET "Quiet!"

/**
 * FakeSent:
 * @contact: to whom
 * @text: what
 * @file: (nullable): the file's name and size, such as `a.txt:5`
 * @reply_to: (nullable): the message that it answers
 * @at: when, by the monotonic clock
 */
typedef struct
{
  char *contact;
  char *text;
  char *file;
  char *reply_to;
  gint64 at;
} FakeSent;

/**
 * FakeAccount:
 * @sent: (element-type FakeSent): all that it was asked to send, whatever it answered
 * @cursors: (element-type utf8): what it was asked to go on from; "" for nothing
 * @typing: (element-type utf8): to whom it was shown that somebody writes
 * @presses: (element-type utf8): the presses of buttons that were answered
 * @n_opened: how often it was opened
 * @down: whether nothing works
 */
typedef struct
{
  GPtrArray *sent;
  GPtrArray *cursors;
  GPtrArray *typing;
  GPtrArray *presses;
  guint n_opened;
  gboolean down;

  /*< private >*/
  GPtrArray *events;
  GHashTable *files;
  GQueue answers;
  GTask *waiting;
  gint64 waiting_from;
} FakeAccount;

#define FAKE_TYPE_CHANNEL (fake_channel_get_type ())
G_DECLARE_FINAL_TYPE (FakeChannel, fake_channel, FAKE, CHANNEL, HandoverChannel)

/* Accounts are found by the part of their token before the colon. */
FakeAccount          *fake_account_get     (const char           *token);
void                  fake_account_push    (FakeAccount          *self,
                                            HandoverInboundEvent *event);
HandoverInboundEvent *fake_account_write   (FakeAccount          *self,
                                            const char           *contact,
                                            const char           *text);
void                  fake_account_put     (FakeAccount          *self,
                                            const char           *remote_id,
                                            const char           *content);
void                  fake_account_answer  (FakeAccount          *self,
                                            const char           *contact,
                                            int                   outcome,
                                            guint                 retry_after);
char                 *fake_account_read    (FakeAccount          *self,
                                            const char           *contact);
void                  fake_accounts_forget (void);

G_END_DECLS
