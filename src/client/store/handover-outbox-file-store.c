/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "client/store/handover-outbox-file-store.h"

#include "client/store/handover-file-folder.h"

/* The columns of draft_file.all. */
enum
{
  ID,
  CONVERSATION_ID,
  KIND,
  ENTRY_ID,
  NAME,
  TYPE,
  SIZE,
  WIDTH,
  HEIGHT,
  UPLOAD_KEY,
  UPLOADED,
};

static const char *const kinds[HANDOVER_N_DRAFT_KINDS] = {
  [HANDOVER_DRAFT_REPLY] = "reply",
  [HANDOVER_DRAFT_NOTE] = "note",
};

/*< private >
 * handover_draft_file_row_free:
 * @row: (transfer full): a row
 *
 * Frees it.
 */
void
handover_draft_file_row_free (gpointer row)
{
  HandoverDraftFileRow *self = row;

  g_free (self->conversation_id);
  g_free (self->entry_id);
  g_object_unref (self->file);
  g_free (self);
}

static HandoverDraftFile *
read_file (HandoverStatement *row,
           const char        *folder)
{
  g_autoptr (HandoverAttachment) attachment = g_object_new (HANDOVER_TYPE_ATTACHMENT, NULL);
  g_autofree char *path = NULL;
  g_autoptr (GFile) place = NULL;
  HandoverDraftFile *file;

  attachment->id = handover_statement_dup_text (row, ID);
  attachment->name = handover_statement_dup_text (row, NAME);
  attachment->type = handover_statement_dup_text (row, TYPE);
  attachment->size = handover_statement_get_int (row, SIZE);
  attachment->width = handover_statement_get_int (row, WIDTH);
  attachment->height = handover_statement_get_int (row, HEIGHT);
  path = handover_file_folder_get_draft (folder, attachment->id);
  place = g_file_new_for_path (path);

  file = handover_draft_file_new (attachment, place);
  handover_draft_file_set_key (file, handover_statement_get_text (row, UPLOAD_KEY));
  handover_draft_file_set_uploaded (file, handover_statement_get_text (row, UPLOADED));
  return file;
}

/*< private >
 * handover_outbox_file_store_read:
 * @database: a handle
 * @folder: the account's folder
 * @error: return location
 *
 * Returns: (transfer full) (nullable) (element-type HandoverDraftFileRow): all rows in order
 */
GPtrArray *
handover_outbox_file_store_read (HandoverDatabase  *database,
                                 const char        *folder,
                                 GError           **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (handover_draft_file_row_free);
  HandoverStatement *statement = handover_database_prepare (database, "draft_file.all", error);
  gboolean more = TRUE;

  if (statement == NULL)
    return NULL;

  while (handover_statement_step (statement, &more, error))
    {
      HandoverDraftFileRow *row;

      if (!more)
        return g_steal_pointer (&rows);
      row = g_new0 (HandoverDraftFileRow, 1);
      row->conversation_id = handover_statement_dup_text (statement, CONVERSATION_ID);
      row->kind = g_str_equal (handover_statement_get_text (statement, KIND), kinds[HANDOVER_DRAFT_NOTE])
                    ? HANDOVER_DRAFT_NOTE
                    : HANDOVER_DRAFT_REPLY;
      row->entry_id = handover_statement_dup_text (statement, ENTRY_ID);
      row->file = read_file (statement, folder);
      g_ptr_array_add (rows, row);
    }

  return NULL;
}

/*< private >
 * handover_outbox_file_store_insert:
 * @database: the writer's handle
 * @conversation_id: where it goes
 * @kind: with which draft
 * @attachment: what it is
 * @error: return location
 *
 * Returns: %FALSE on error
 */
gboolean
handover_outbox_file_store_insert (HandoverDatabase    *database,
                                   const char          *conversation_id,
                                   HandoverDraftKind    kind,
                                   HandoverAttachment  *attachment,
                                   GError             **error)
{
  return handover_database_run (database, "draft_file.insert", error, "tttttiiit", attachment->id, conversation_id,
                                kinds[kind], attachment->name, attachment->type, attachment->size, attachment->width,
                                attachment->height, attachment->id);
}

/*< private >
 * handover_outbox_file_store_send:
 * @database: the writer's handle
 * @entry_id: an entry
 * @ids: (nullable): the files that go with it
 * @error: return location
 *
 * Returns: %FALSE on error
 */
gboolean
handover_outbox_file_store_send (HandoverDatabase  *database,
                                 const char        *entry_id,
                                 char             **ids,
                                 GError           **error)
{
  for (char **id = ids; id != NULL && *id != NULL; id++)
    if (!handover_database_run (database, "draft_file.send", error, "tt", *id, entry_id))
      return FALSE;

  return TRUE;
}

/*< private >
 * handover_outbox_file_store_take_back:
 * @database: the writer's handle
 * @ids: (nullable): files of an entry that is not going to be sent, in order
 * @error: return location
 *
 * Puts them before what is in the draft.
 *
 * Returns: %FALSE on error
 */
gboolean
handover_outbox_file_store_take_back (HandoverDatabase  *database,
                                      char             **ids,
                                      GError           **error)
{
  for (guint i = ids != NULL ? g_strv_length (ids) : 0; i > 0; i--)
    if (!handover_database_run (database, "draft_file.take_back", error, "t", ids[i - 1]))
      return FALSE;

  return TRUE;
}
