/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include "core/handover-enums.h"

G_BEGIN_DECLS

/**
 * HandoverTranscriptEntry:
 * @id: (nullable): the agent's own id of the entry
 * @author: who said or did it
 * @text: what was said
 *
 * One entry as far as alignment looks at it.
 */
typedef struct
{
  const char *id;
  HandoverAuthor author;
  const char *text;
} HandoverTranscriptEntry;

GArray * handover_transcript_alignment_find_new (const HandoverTranscriptEntry *stored,
                                                 guint                          n_stored,
                                                 const HandoverTranscriptEntry *incoming,
                                                 guint                          n_incoming);

G_END_DECLS
