/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "client/store/handover-record-model.h"

#include "client/store/handover-mirror-store.h"

/* A short list that lies in memory whole: operators, agents, channels, templates, a conversation's escalations. */
struct _HandoverRecordModel
{
  GObject parent_instance;

  GType type;
  GCompareFunc compare;
  GPtrArray *records;
};

static GType
get_item_type (GListModel *model)
{
  return HANDOVER_RECORD_MODEL (model)->type;
}

static guint
get_n_items (GListModel *model)
{
  return HANDOVER_RECORD_MODEL (model)->records->len;
}

static gpointer
get_item (GListModel *model,
          guint       position)
{
  HandoverRecordModel *self = HANDOVER_RECORD_MODEL (model);

  if (position >= self->records->len)
    return NULL;

  return g_object_ref (g_ptr_array_index (self->records, position));
}

static void
list_model_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (HandoverRecordModel, handover_record_model, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_iface_init))

static void
handover_record_model_finalize (GObject *object)
{
  HandoverRecordModel *self = HANDOVER_RECORD_MODEL (object);

  g_ptr_array_unref (self->records);

  G_OBJECT_CLASS (handover_record_model_parent_class)->finalize (object);
}

static void
handover_record_model_class_init (HandoverRecordModelClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = handover_record_model_finalize;
}

static void
handover_record_model_init (HandoverRecordModel *self)
{
  self->records = g_ptr_array_new_with_free_func (g_object_unref);
}

/**
 * handover_record_model_new:
 * @type: what it holds
 * @compare: orders two records
 *
 * Returns: (transfer full): an empty list
 */
HandoverRecordModel *
handover_record_model_new (GType        type,
                           GCompareFunc compare)
{
  HandoverRecordModel *self = g_object_new (HANDOVER_TYPE_RECORD_MODEL, NULL);

  self->type = type;
  self->compare = compare;
  return self;
}

static gboolean
find (GPtrArray  *records,
      const char *id,
      guint      *position)
{
  for (guint i = 0; i < records->len; i++)
    {
      if (g_strcmp0 (handover_mirror_store_get_id (g_ptr_array_index (records, i)), id) == 0)
        {
          if (position != NULL)
            *position = i;
          return TRUE;
        }
    }

  return FALSE;
}

static guint
find_place (HandoverRecordModel *self,
            HandoverRecord      *record)
{
  guint place = 0;

  while (place < self->records->len && self->compare (g_ptr_array_index (self->records, place), record) <= 0)
    place++;
  return place;
}

static void
take_out (HandoverRecordModel *self,
          guint                position)
{
  g_ptr_array_remove_index (self->records, position);
  g_list_model_items_changed (G_LIST_MODEL (self), position, 1, 0);
}

static void
put_in (HandoverRecordModel *self,
        HandoverRecord      *record)
{
  guint place = find_place (self, record);

  g_ptr_array_insert (self->records, place, g_object_ref (record));
  g_list_model_items_changed (G_LIST_MODEL (self), place, 0, 1);
}

static gboolean
is_in_place (HandoverRecordModel *self,
             guint                position)
{
  gpointer record = g_ptr_array_index (self->records, position);

  return (position == 0 || self->compare (g_ptr_array_index (self->records, position - 1), record) <= 0)
      && (position + 1 == self->records->len
          || self->compare (record, g_ptr_array_index (self->records, position + 1)) <= 0);
}

/**
 * handover_record_model_put:
 * @self: a list
 * @record: a record
 *
 * Adds the record, or brings the one with its id up to date: that object stays.
 */
void
handover_record_model_put (HandoverRecordModel *self,
                           HandoverRecord      *record)
{
  g_autoptr (HandoverRecord) present = NULL;
  guint position;

  g_return_if_fail (HANDOVER_IS_RECORD_MODEL (self));

  if (!find (self->records, handover_mirror_store_get_id (record), &position))
    {
      put_in (self, record);
      return;
    }

  present = g_object_ref (g_ptr_array_index (self->records, position));
  handover_record_update (present, record);
  if (!is_in_place (self, position))
    {
      take_out (self, position);
      put_in (self, present);
    }
}

/**
 * handover_record_model_remove:
 * @self: a list
 * @id: the id of a record
 *
 * Removes the record, if it is there.
 */
void
handover_record_model_remove (HandoverRecordModel *self,
                              const char          *id)
{
  guint position;

  g_return_if_fail (HANDOVER_IS_RECORD_MODEL (self));

  if (find (self->records, id, &position))
    take_out (self, position);
}

/**
 * handover_record_model_retain:
 * @self: a list
 * @records: (element-type HandoverRecord): all that it should hold
 *
 * Removes what is not among @records, and puts all of them.
 */
void
handover_record_model_retain (HandoverRecordModel *self,
                              GPtrArray           *records)
{
  g_return_if_fail (HANDOVER_IS_RECORD_MODEL (self));

  for (guint i = self->records->len; i > 0; i--)
    {
      if (!find (records, handover_mirror_store_get_id (g_ptr_array_index (self->records, i - 1)), NULL))
        take_out (self, i - 1);
    }
  for (guint i = 0; i < records->len; i++)
    handover_record_model_put (self, g_ptr_array_index (records, i));
}
