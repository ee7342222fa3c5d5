/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "service/desk/handover-desk-attachments.h"

#include "core/handover-problem.h"
#include "service/store/handover-store-attachments.h"

static HandoverAttachment *
find (HandoverDeskCase         *desk_case,
      const char               *uploader_id,
      const char               *id,
      HandoverDeskAttachFlags   flags,
      GError                  **error)
{
  HandoverAttachment *attachment = NULL;

  if (flags == HANDOVER_DESK_ATTACH_AGAIN &&
      (!handover_store_find_shown_attachment (desk_case->store, desk_case->business_id, id, desk_case->conversation->id,
                                              &attachment, error) ||
       attachment != NULL))
    return attachment;

  return handover_store_get_unused_attachment (desk_case->store, desk_case->business_id, id, uploader_id, error);
}

/* A file that is not there is a fault of the body, not of the address. */
static void
explain (const char  *id,
         GError     **error)
{
  if (error == NULL || !g_error_matches (*error, HANDOVER_PROBLEM, HANDOVER_PROBLEM_NOT_FOUND))
    return;

  g_clear_error (error);
  g_set_error (error, HANDOVER_PROBLEM, HANDOVER_PROBLEM_INVALID_MEMBER,
               "attachments: “%s” is not a file that you uploaded within a day and have not used. Upload it again.", id);
}

/**
 * handover_desk_attach:
 * @desk_case: the case of the message's conversation
 * @message: a message that is not stored yet
 * @uploader_id: who puts the files in: the one who uploaded them
 * @ids: (nullable): which files
 * @flags: which ones may be put in
 * @error: return location for an error, `invalid_member` for a file that may not be put in
 *
 * Puts files into a message; storing the message uses them up.
 *
 * Returns: whether all of them are in it
 */
gboolean
handover_desk_attach (HandoverDeskCase         *desk_case,
                      HandoverMessage          *message,
                      const char               *uploader_id,
                      char                    **ids,
                      HandoverDeskAttachFlags   flags,
                      GError                  **error)
{
  g_autoptr (GPtrArray) attachments = NULL;

  if (ids == NULL || *ids == NULL)
    return TRUE;

  attachments = g_ptr_array_new_with_free_func (g_object_unref);
  for (char **id = ids; *id != NULL; id++)
    {
      HandoverAttachment *attachment = find (desk_case, uploader_id, *id, flags, error);

      if (attachment == NULL)
        {
          explain (*id, error);
          return FALSE;
        }
      g_ptr_array_add (attachments, attachment);
    }

  message->attachments = g_steal_pointer (&attachments);
  return TRUE;
}
