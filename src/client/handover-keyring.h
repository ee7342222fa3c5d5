/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * HandoverKeyringItem:
 * @service: the address of a service
 * @email: who is signed in there
 * @operator_id: the same person's id
 * @token: the session's token
 *
 * One session that the keyring keeps. The token is wiped when the item is freed.
 */
typedef struct
{
  char *service;
  char *email;
  char *operator_id;
  char *token;
} HandoverKeyringItem;

void                 handover_keyring_item_free    (HandoverKeyringItem  *item);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HandoverKeyringItem, handover_keyring_item_free)

void                 handover_keyring_store_async  (const char           *service,
                                                    const char           *email,
                                                    const char           *operator_id,
                                                    const char           *token,
                                                    GCancellable         *cancellable,
                                                    GAsyncReadyCallback   callback,
                                                    gpointer              user_data);
gboolean             handover_keyring_store_finish (GAsyncResult         *result,
                                                    GError              **error);
void                 handover_keyring_find_async   (const char           *service,
                                                    GCancellable         *cancellable,
                                                    GAsyncReadyCallback   callback,
                                                    gpointer              user_data);
HandoverKeyringItem *handover_keyring_find_finish  (GAsyncResult         *result,
                                                    GError              **error);
void                 handover_keyring_clear_async  (const char           *service,
                                                    const char           *email,
                                                    GCancellable         *cancellable,
                                                    GAsyncReadyCallback   callback,
                                                    gpointer              user_data);
gboolean             handover_keyring_clear_finish (GAsyncResult         *result,
                                                    GError              **error);

G_END_DECLS
