/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include "core/handover-problem.h"
#include "service/desk/handover-desk-control.h"
#include "service/desk/handover-desk-escalate.h"
#include "service/desk/handover-desk-reply.h"
#include "service/store/handover-store-conversations.h"
#include "service/store/handover-store-messages.h"

G_BEGIN_DECLS

#define TRANSITION_MESSAGE "A colleague will be with you."

/**
 * DeskFixture:
 * @store: a store in a file of its own, in a transaction
 * @kim: an operator who is available
 * @lee: another
 * @away: one who is away
 *
 * A shop with an agent that has a key, and a second shop with the same.
 */
typedef struct
{
  char *folder;
  HandoverDatabase *database;
  HandoverStore *store;
  HandoverPerson *kim;
  HandoverPerson *lee;
  HandoverPerson *away;
  guint n_conversations;
} DeskFixture;

#define SHOP "bu_shop"
#define BOT "ag_bot"
#define OTHER_SHOP "bu_other"
#define OTHER_BOT "ag_other"

void                  desk_fixture_set_up     (DeskFixture   *self,
                                               gconstpointer  data);
void                  desk_fixture_tear_down  (DeskFixture   *self,
                                               gconstpointer  data);
HandoverConversation *desk_fixture_put        (DeskFixture     *self,
                                               HandoverControl  control,
                                               gboolean         later);
HandoverConversation *desk_fixture_reload     (DeskFixture           *self,
                                               HandoverConversation  *conversation);
HandoverConversation *desk_fixture_escalate   (DeskFixture            *self,
                                               const char             *external_id,
                                               const HandoverDeskLine *lines,
                                               guint                   n_lines);
HandoverMessage      *desk_fixture_tell       (DeskFixture     *self,
                                               const char      *external_id,
                                               HandoverAuthor   author,
                                               const char      *text,
                                               gint64           epoch,
                                               GError         **error);
char                 *desk_fixture_read       (DeskFixture *self,
                                               const char  *conversation_id);
void                  desk_fixture_check      (DeskFixture          *self,
                                               HandoverConversation *conversation);

G_END_DECLS
