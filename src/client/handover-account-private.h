/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include "client/handover-account.h"
#include "client/handover-client.h"
#include "client/handover-feed.h"
#include "client/handover-signals.h"
#include "client/store/handover-files.h"
#include "client/store/handover-mirror.h"
#include "client/store/handover-outbox.h"

G_BEGIN_DECLS

/**
 * HandoverAccount:
 *
 * One person signed in to one service: the app's one door to it. It keeps the mirror current, lets the outbox send
 * while there is a connection, and ends when the person signs out or the service no longer accepts the session; then
 * the mirror is removed.
 */
struct _HandoverAccount
{
  GObject parent_instance;

  HandoverClient *client;
  char *email;
  HandoverOperator *operator;
  HandoverBusiness *business;
  HandoverMirror *mirror;
  HandoverOutbox *outbox;
  HandoverFiles *files;
  HandoverSignals *signals;

  HandoverFeed *feed;
  gboolean remembered;
  gboolean signed_in;
};

HandoverAccount *handover_account_new            (HandoverClient   *client,
                                                  const char       *email,
                                                  HandoverOperator *operator,
                                                  HandoverBusiness *business,
                                                  HandoverMirror   *mirror,
                                                  HandoverOutbox   *outbox);
void             handover_account_start          (HandoverAccount  *self);
void             handover_account_set_remembered (HandoverAccount  *self,
                                                  gboolean          remembered);
void             handover_account_take_record    (HandoverAccount  *self,
                                                  HandoverRecord   *record);
HandoverClient  *handover_account_get_client     (HandoverAccount  *self);
const char      *handover_account_get_email      (HandoverAccount  *self);
void             handover_account_unauthorized   (HandoverAccount  *self);

G_END_DECLS
