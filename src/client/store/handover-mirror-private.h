/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include "client/store/handover-changes.h"
#include "client/store/handover-conversation-model.h"
#include "client/store/handover-mirror.h"
#include "client/store/handover-record-model.h"
#include "database/handover-workers.h"

G_BEGIN_DECLS

/**
 * HandoverMirrorHandle:
 * @database: the thread's own handle
 * @first_event: the first event of the running batch, 0 for none
 * @failed_event: the first event that could not be stored; later ones are refused until it comes again
 *
 * What the mirror's jobs are given.
 */
typedef struct
{
  HandoverDatabase *database;
  gint64 first_event;
  gint64 failed_event;
} HandoverMirrorHandle;

/**
 * HandoverMore:
 * @HANDOVER_MORE_IDLE: the service may have more conversations of a view
 * @HANDOVER_MORE_LOADING: a page is on its way
 * @HANDOVER_MORE_COMPLETE: all are stored
 *
 * How far down a view has been loaded.
 */
typedef enum
{
  HANDOVER_MORE_IDLE,
  HANDOVER_MORE_LOADING,
  HANDOVER_MORE_COMPLETE,
} HandoverMore;

/**
 * HandoverMirrorWrite:
 * @func: what to do with the tables
 * @data: its parameters
 * @changes: what it changed
 *
 * A write whose changes are shown in the list models once it is committed.
 */
typedef struct
{
  gboolean (*func) (HandoverMirrorHandle  *handle,
                    gpointer               data,
                    HandoverChanges       *changes,
                    GError               **error);
  gpointer data;
  GDestroyNotify data_free;
  HandoverChanges *changes;
} HandoverMirrorWrite;

struct _HandoverMirror
{
  GObject parent_instance;

  char *path;
  char *operator_id;
  HandoverWorkers *workers;
  /* The main thread's own handle, for single rows by id: a fifth of a millisecond for a page. */
  HandoverDatabase *reader;
  HandoverGateway *gateway;
  GCancellable *closing;
  gboolean online;
  gint64 cursor;
  char *log;
  gint64 last_escalation;

  HandoverConversationModel *views[HANDOVER_N_VIEWS];
  guint view_loads[HANDOVER_N_VIEWS];
  HandoverMore view_more[HANDOVER_N_VIEWS];
  guint view_fruitless[HANDOVER_N_VIEWS];
  HandoverRecordModel *operators;
  HandoverRecordModel *agents;
  HandoverRecordModel *channels;
  HandoverRecordModel *templates;
  HandoverBusiness *business;

  /* Live objects by id, without a reference; and references to those last looked at. */
  GHashTable *conversations;
  GQueue recent;
  GHashTable *transcripts;
  GHashTable *escalations;
  GHashTable *unsent;
  /* Escalations whose conversation has not arrived yet. */
  GPtrArray *openings;
};

void                  handover_mirror_write_async          (HandoverMirror       *self,
                                                            gboolean            (*func) (HandoverMirrorHandle *,
                                                                                         gpointer,
                                                                                         HandoverChanges *,
                                                                                         GError **),
                                                            gpointer              data,
                                                            GDestroyNotify        data_free,
                                                            GAsyncReadyCallback   callback,
                                                            gpointer              user_data);
gboolean              handover_mirror_write_finish         (HandoverMirror       *self,
                                                            GAsyncResult         *result,
                                                            GError              **error);
void                  handover_mirror_publish              (HandoverMirror       *self,
                                                            HandoverChanges      *changes);
HandoverConversation *handover_mirror_load_conversation    (const char *const    *ids,
                                                            guint                 n_ids,
                                                            gpointer              user_data);
void                  handover_mirror_want_more            (HandoverView          view,
                                                            gpointer              user_data);
void                  handover_mirror_load_view            (HandoverMirror       *self,
                                                            HandoverView          view);
void                  handover_mirror_refresh_live         (HandoverMirror       *self);
gboolean              handover_mirror_load_objects         (HandoverMirror       *self,
                                                            GError              **error);
void                  handover_mirror_forget_conversations (HandoverMirror       *self);
void                  handover_mirror_count                (HandoverMirror       *self);
GListStore           *handover_mirror_get_unsent           (HandoverMirror       *self,
                                                            const char           *conversation_id);

/* Called by the mirror on its transcripts. */
HandoverTranscript   *handover_transcript_new              (HandoverMirror       *mirror,
                                                            const char           *conversation_id);
void                  handover_transcript_put              (HandoverTranscript   *self,
                                                            HandoverMessage      *message,
                                                            double                position);
void                  handover_transcript_reload           (HandoverTranscript   *self);
void                  handover_transcript_retry            (HandoverTranscript   *self);

/* A conversation's past escalations. */
HandoverRecordModel  *handover_mirror_new_escalations      (HandoverMirror       *self,
                                                            const char           *conversation_id);

G_END_DECLS
