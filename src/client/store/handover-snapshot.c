/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "client/store/handover-snapshot.h"

#include "client/store/handover-snapshot-private.h"
#include "core/handover-problem.h"

struct _HandoverSnapshot
{
  GPtrArray *entries;
  gint64 sequence;
  char *log;
};

static void
entry_free (gpointer data)
{
  HandoverSnapshotEntry *entry = data;

  g_object_unref (entry->record);
  g_free (entry);
}

/**
 * handover_snapshot_new:
 *
 * Returns: (transfer full): an empty snapshot
 */
HandoverSnapshot *
handover_snapshot_new (void)
{
  HandoverSnapshot *self = g_new0 (HandoverSnapshot, 1);

  self->entries = g_ptr_array_new_with_free_func (entry_free);
  self->sequence = -1;
  return self;
}

/**
 * handover_snapshot_free:
 * @self: (transfer full): a snapshot
 *
 * Frees it.
 */
void
handover_snapshot_free (HandoverSnapshot *self)
{
  g_ptr_array_unref (self->entries);
  g_free (self->log);
  g_free (self);
}

/**
 * handover_snapshot_add:
 * @self: a snapshot
 * @record: a conversation, operator, agent, channel, template or the business
 * @sequence: the number that the answer it came in was true at
 *
 * Adds one object.
 */
void
handover_snapshot_add (HandoverSnapshot *self,
                       HandoverRecord   *record,
                       gint64            sequence)
{
  HandoverSnapshotEntry *entry;

  g_return_if_fail (self != NULL);
  g_return_if_fail (HANDOVER_IS_RECORD (record));

  entry = g_new0 (HandoverSnapshotEntry, 1);
  entry->record = g_object_ref (record);
  entry->sequence = sequence;
  g_ptr_array_add (self->entries, entry);
  if (self->sequence < 0 || sequence < self->sequence)
    self->sequence = sequence;
}

/**
 * handover_snapshot_add_items:
 * @self: a snapshot
 * @type: what the list holds
 * @list: a list as the service answers it, `{"items": [...]}`
 * @sequence: the number that the answer was true at; counts for an empty list too
 * @error: return location
 *
 * Adds a page of a list.
 *
 * Returns: %FALSE if the answer is not such a list
 */
gboolean
handover_snapshot_add_items (HandoverSnapshot  *self,
                             GType              type,
                             JsonNode          *list,
                             gint64             sequence,
                             GError           **error)
{
  JsonNode *items = NULL;
  JsonArray *array;

  g_return_val_if_fail (self != NULL, FALSE);

  if (list != NULL && JSON_NODE_HOLDS_OBJECT (list))
    items = json_object_get_member (json_node_get_object (list), "items");
  if (items == NULL || !JSON_NODE_HOLDS_ARRAY (items))
    {
      g_set_error (error, HANDOVER_PROBLEM, HANDOVER_PROBLEM_UNEXPECTED_ANSWER, "The answer holds no list");
      return FALSE;
    }

  array = json_node_get_array (items);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      g_autoptr (HandoverRecord) record = NULL;

      record = handover_record_from_json (type, json_array_get_element (array, i), error);
      if (record == NULL)
        return FALSE;
      handover_snapshot_add (self, record, sequence);
    }
  if (self->sequence < 0 || sequence < self->sequence)
    self->sequence = sequence;

  return TRUE;
}

/**
 * handover_snapshot_get_sequence:
 * @self: a snapshot
 *
 * Returns: the smallest number of its lists, which the stream is joined after; 0 for none
 */
gint64
handover_snapshot_get_sequence (HandoverSnapshot *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return MAX (self->sequence, 0);
}

/**
 * handover_snapshot_is_of_log:
 * @self: a snapshot
 * @log: (nullable): the log that another of its answers is true of, or %NULL where the service does not say
 *
 * Learns from the first answer which log the snapshot is of, and tells whether a later one is of the same.
 *
 * Returns: %FALSE if the answers do not go together, as when a backup was put back between them
 */
gboolean
handover_snapshot_is_of_log (HandoverSnapshot *self,
                             const char       *log)
{
  g_return_val_if_fail (self != NULL, FALSE);

  if (log == NULL)
    return TRUE;
  if (self->log == NULL)
    self->log = g_strdup (log);

  return g_str_equal (self->log, log);
}

/**
 * handover_snapshot_get_log:
 * @self: a snapshot
 *
 * Returns: (transfer none) (nullable): the id of the log that its numbers are of, if the service said so
 */
const char *
handover_snapshot_get_log (HandoverSnapshot *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->log;
}

GPtrArray *
handover_snapshot_get_entries (HandoverSnapshot *self)
{
  return self->entries;
}

/* Adds the records, in the order they came, to an array. */
void
handover_snapshot_take_records (HandoverSnapshot *self,
                                GPtrArray        *records)
{
  for (guint i = 0; i < self->entries->len; i++)
    {
      HandoverSnapshotEntry *entry = g_ptr_array_index (self->entries, i);

      g_ptr_array_add (records, g_object_ref (entry->record));
    }
}
