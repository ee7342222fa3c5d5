/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "service/desk/handover-desk-transcript.h"

#include "core/handover-transcript-alignment.h"
#include "service/desk/handover-desk-attachments.h"

static HandoverTranscriptEntry *
describe_stored (GArray *stored)
{
  HandoverTranscriptEntry *entries = g_new0 (HandoverTranscriptEntry, stored->len + 1);

  for (guint i = 0; i < stored->len; i++)
    {
      const HandoverStoreEntry *entry = &g_array_index (stored, HandoverStoreEntry, i);

      entries[i] = (HandoverTranscriptEntry){ entry->entry_id, entry->author, entry->text };
    }

  return entries;
}

static HandoverTranscriptEntry *
describe_lines (const HandoverDeskLine *lines,
                guint                   n_lines)
{
  HandoverTranscriptEntry *entries = g_new0 (HandoverTranscriptEntry, n_lines + 1);

  for (guint i = 0; i < n_lines; i++)
    {
      entries[i].id = lines[i].id;
      entries[i].author = lines[i].author;
      entries[i].text = lines[i].text != NULL ? lines[i].text : "";
    }

  return entries;
}

/* Whether the transcript already holds something that the customer or the agent said. */
static gboolean
is_begun (GArray *stored)
{
  for (guint i = 0; i < stored->len; i++)
    {
      HandoverAuthor author = g_array_index (stored, HandoverStoreEntry, i).author;

      if (author == HANDOVER_AUTHOR_CUSTOMER || author == HANDOVER_AUTHOR_AGENT)
        return TRUE;
    }

  return FALSE;
}

/* A transcript is no way around a refusal: what the agent says it said while frozen is on record as refused. */
static gboolean
was_frozen (HandoverConversation   *conversation,
            const HandoverDeskLine *line,
            gboolean                begun)
{
  if (line->author != HANDOVER_AUTHOR_AGENT || conversation->escalation == NULL)
    return FALSE;

  return line->at != 0 ? line->at >= conversation->escalation->opened_at : begun;
}

/**
 * handover_desk_transcript_add:
 * @desk_case: the case of the conversation, before the call itself is dealt with
 * @lines: (array length=n_lines): the transcript as the agent tells it, or its end
 * @n_lines: its length
 * @error: return location for an error
 *
 * Adds what is new in an agent's transcript, so that a repeated, grown or relayed one never doubles.
 *
 * Returns: whether it was written
 */
gboolean
handover_desk_transcript_add (HandoverDeskCase        *desk_case,
                              const HandoverDeskLine  *lines,
                              guint                    n_lines,
                              GError                 **error)
{
  HandoverConversation *conversation = desk_case->conversation;
  g_autofree HandoverTranscriptEntry *incoming = NULL;
  g_autofree HandoverTranscriptEntry *known = NULL;
  g_autoptr (GArray) stored = NULL;
  g_autoptr (GArray) fresh = NULL;
  gboolean begun;

  if (n_lines == 0)
    return TRUE;
  stored = handover_store_list_entries (desk_case->store, desk_case->business_id, conversation->id, error);
  if (stored == NULL)
    return FALSE;

  begun = is_begun (stored);
  known = describe_stored (stored);
  incoming = describe_lines (lines, n_lines);
  fresh = handover_transcript_alignment_find_new (known, stored->len, incoming, n_lines);
  for (guint i = 0; i < fresh->len; i++)
    {
      const HandoverDeskLine *line = &lines[g_array_index (fresh, guint, i)];
      g_autoptr (HandoverMessage) message = handover_desk_line_to_message (line);
      HandoverMessageOrigin origin = { .entry_id = line->id };

      /* What was said on a channel the service knows itself; what it does not know, nobody heard. */
      if (conversation->channel->id != NULL && line->author != HANDOVER_AUTHOR_TOOL)
        continue;
      if (was_frozen (conversation, line, begun))
        message->kind = HANDOVER_MESSAGE_KIND_REFUSED;
      if (!handover_desk_attach (desk_case, message, conversation->agent_id, line->attachments,
                                 HANDOVER_DESK_ATTACH_AGAIN, error) ||
          !handover_desk_case_add (desk_case, message, &origin, error))
        return FALSE;
    }

  return TRUE;
}
