/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "service/channels/handover-channel-kinds.h"

#include "service/channels/telegram/handover-telegram.h"

typedef GType (*GetType) (void);

/* One line for each platform; its folder holds all else that is known of it. */
static const GetType kinds[] = {
  [HANDOVER_CHANNEL_KIND_UNKNOWN] = NULL,
  [HANDOVER_CHANNEL_KIND_TELEGRAM] = handover_telegram_get_type,
};

/* Classes that stand in for those of the table. */
static GHashTable *others;

/**
 * handover_channel_kinds_get_type:
 * @kind: a kind of channel
 *
 * Finds the class of a platform.
 *
 * Returns: the type, or %G_TYPE_INVALID where there is none
 */
GType
handover_channel_kinds_get_type (HandoverChannelKind kind)
{
  GType *other = others != NULL ? g_hash_table_lookup (others, GINT_TO_POINTER (kind)) : NULL;

  if (other != NULL)
    return *other;

  return (guint) kind < G_N_ELEMENTS (kinds) && kinds[kind] != NULL ? kinds[kind] () : G_TYPE_INVALID;
}

/**
 * handover_channel_kinds_set_type:
 * @kind: a kind of channel
 * @type: a class of channels
 *
 * Puts another class in a platform's place, before any thread asks: for tests.
 */
void
handover_channel_kinds_set_type (HandoverChannelKind kind,
                                 GType               type)
{
  if (others == NULL)
    others = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  g_hash_table_replace (others, GINT_TO_POINTER (kind), g_memdup2 (&type, sizeof type));
}
