/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include "client/handover-account.h"
#include "client/handover-channel-actions.h"
#include "core/handover-enums.h"

G_BEGIN_DECLS

/* What an operator does at once: each is tried for ten seconds, then fails plainly. Nothing here is queued. */

void      handover_actions_claim_async             (HandoverAccount       *account,
                                                    const char            *conversation_id,
                                                    GCancellable          *cancellable,
                                                    GAsyncReadyCallback    callback,
                                                    gpointer               user_data);
void      handover_actions_release_async           (HandoverAccount       *account,
                                                    const char            *conversation_id,
                                                    GCancellable          *cancellable,
                                                    GAsyncReadyCallback    callback,
                                                    gpointer               user_data);
void      handover_actions_transfer_async          (HandoverAccount       *account,
                                                    const char            *conversation_id,
                                                    const char            *operator_id,
                                                    GCancellable          *cancellable,
                                                    GAsyncReadyCallback    callback,
                                                    gpointer               user_data);
void      handover_actions_hand_back_async         (HandoverAccount       *account,
                                                    const char            *conversation_id,
                                                    HandoverResolution     resolution,
                                                    const char            *brief,
                                                    GCancellable          *cancellable,
                                                    GAsyncReadyCallback    callback,
                                                    gpointer               user_data);
void      handover_actions_close_async             (HandoverAccount       *account,
                                                    const char            *conversation_id,
                                                    HandoverResolution     resolution,
                                                    GCancellable          *cancellable,
                                                    GAsyncReadyCallback    callback,
                                                    gpointer               user_data);
void      handover_actions_set_presence_async      (HandoverAccount       *account,
                                                    HandoverPresence       presence,
                                                    GCancellable          *cancellable,
                                                    GAsyncReadyCallback    callback,
                                                    gpointer               user_data);
void      handover_actions_update_me_async         (HandoverAccount       *account,
                                                    const char            *name,
                                                    GCancellable          *cancellable,
                                                    GAsyncReadyCallback    callback,
                                                    gpointer               user_data);
void      handover_actions_set_password_async      (HandoverAccount       *account,
                                                    const char            *old_password,
                                                    const char            *new_password,
                                                    GCancellable          *cancellable,
                                                    GAsyncReadyCallback    callback,
                                                    gpointer               user_data);
void      handover_actions_update_business_async   (HandoverAccount       *account,
                                                    const char            *transition_message,
                                                    GCancellable          *cancellable,
                                                    GAsyncReadyCallback    callback,
                                                    gpointer               user_data);
void      handover_actions_create_invite_async     (HandoverAccount       *account,
                                                    const char            *email,
                                                    HandoverRole           role,
                                                    GCancellable          *cancellable,
                                                    GAsyncReadyCallback    callback,
                                                    gpointer               user_data);
void      handover_actions_set_role_async          (HandoverAccount       *account,
                                                    const char            *operator_id,
                                                    HandoverRole           role,
                                                    GCancellable          *cancellable,
                                                    GAsyncReadyCallback    callback,
                                                    gpointer               user_data);
void      handover_actions_set_active_async        (HandoverAccount       *account,
                                                    const char            *operator_id,
                                                    gboolean               active,
                                                    GCancellable          *cancellable,
                                                    GAsyncReadyCallback    callback,
                                                    gpointer               user_data);
void      handover_actions_create_agent_async      (HandoverAccount       *account,
                                                    const char            *name,
                                                    HandoverAgentKind      kind,
                                                    GCancellable          *cancellable,
                                                    GAsyncReadyCallback    callback,
                                                    gpointer               user_data);
void      handover_actions_rename_agent_async      (HandoverAccount       *account,
                                                    const char            *agent_id,
                                                    const char            *name,
                                                    GCancellable          *cancellable,
                                                    GAsyncReadyCallback    callback,
                                                    gpointer               user_data);
void      handover_actions_set_agent_enabled_async (HandoverAccount       *account,
                                                    const char            *agent_id,
                                                    gboolean               enabled,
                                                    GCancellable          *cancellable,
                                                    GAsyncReadyCallback    callback,
                                                    gpointer               user_data);
void      handover_actions_create_key_async        (HandoverAccount       *account,
                                                    const char            *agent_id,
                                                    const char            *name,
                                                    GCancellable          *cancellable,
                                                    GAsyncReadyCallback    callback,
                                                    gpointer               user_data);
void      handover_actions_delete_key_async        (HandoverAccount       *account,
                                                    const char            *agent_id,
                                                    const char            *key_id,
                                                    GCancellable          *cancellable,
                                                    GAsyncReadyCallback    callback,
                                                    gpointer               user_data);
void      handover_actions_create_template_async   (HandoverAccount       *account,
                                                    const char            *name,
                                                    const char            *shortcut,
                                                    const char            *text,
                                                    HandoverTemplateScope  scope,
                                                    GCancellable          *cancellable,
                                                    GAsyncReadyCallback    callback,
                                                    gpointer               user_data);
void      handover_actions_update_template_async   (HandoverAccount       *account,
                                                    const char            *template_id,
                                                    const char            *name,
                                                    const char            *shortcut,
                                                    const char            *text,
                                                    HandoverTemplateScope  scope,
                                                    GCancellable          *cancellable,
                                                    GAsyncReadyCallback    callback,
                                                    gpointer               user_data);
void      handover_actions_delete_template_async   (HandoverAccount       *account,
                                                    const char            *template_id,
                                                    GCancellable          *cancellable,
                                                    GAsyncReadyCallback    callback,
                                                    gpointer               user_data);
JsonNode *handover_actions_finish                  (GAsyncResult          *result,
                                                    GError               **error);

G_END_DECLS
