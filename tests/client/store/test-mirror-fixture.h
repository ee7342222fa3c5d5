/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include "client/store/handover-mirror.h"
#include "test-gateway.h"

G_BEGIN_DECLS

#define TEST_ME "op-me"
#define TEST_OTHER "op-kim"

typedef struct
{
  char *folder;
  HandoverMirror *mirror;
  TestGateway *gateway;
  gint64 sequence;
} MirrorFixture;

void                  mirror_fixture_set_up       (MirrorFixture *fixture,
                                                   gconstpointer  data);
void                  mirror_fixture_tear_down    (MirrorFixture *fixture,
                                                   gconstpointer  data);
void                  mirror_fixture_open         (MirrorFixture *fixture);
void                  mirror_fixture_close        (MirrorFixture *fixture);
char                 *mirror_fixture_dup_path     (MirrorFixture *fixture);
void                  mirror_fixture_apply        (MirrorFixture *fixture,
                                                   const char    *kind,
                                                   gpointer       record);
void                  mirror_fixture_settle       (MirrorFixture *fixture);

HandoverConversation *test_conversation           (const char    *id,
                                                   const char    *control,
                                                   const char    *holder,
                                                   gint64         when,
                                                   gint64         version);
HandoverMessage      *test_message                (const char    *conversation_id,
                                                   const char    *id,
                                                   const char    *author,
                                                   const char    *text,
                                                   gint64         version);
HandoverEscalation   *test_escalation             (const char    *conversation_id,
                                                   const char    *id,
                                                   gint64         opened_at);
char                 *test_list_ids               (GListModel    *model);

#define test_assert_ids(model, expected)                        \
  G_STMT_START                                                  \
  {                                                             \
    g_autofree char *found_ids = test_list_ids (model);         \
    g_assert_cmpstr (found_ids, ==, expected);                  \
  }                                                             \
  G_STMT_END

/* Follows a list by its changes alone, and tells whether they add up to what it holds. */
typedef struct _ListShadow ListShadow;

ListShadow           *list_shadow_new             (GListModel    *model);
guint                 list_shadow_get_largest     (ListShadow    *self);
void                  list_shadow_check           (ListShadow    *self);
void                  list_shadow_free            (ListShadow    *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ListShadow, list_shadow_free)

G_END_DECLS
