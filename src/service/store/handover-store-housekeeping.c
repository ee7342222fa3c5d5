/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "service/store/handover-store-housekeeping.h"

#include "service/store/handover-store-attachments.h"
#include "service/store/handover-store-channels.h"
#include "service/store/handover-store-events.h"
#include "service/store/handover-store-idempotency.h"
#include "service/store/handover-store-rows.h"
#include "service/store/handover-store-sessions.h"

/* A part of a file is many pages of the database: it takes as long to remove as so many rows. */
#define PART_ROWS 25

/**
 * handover_housekeeping_new:
 * @now: the time in milliseconds
 * @log_kept: how long lines of the log are kept, in milliseconds
 *
 * Returns: (transfer full): a round that has not begun
 */
HandoverHousekeeping *
handover_housekeeping_new (gint64 now,
                           gint64 log_kept)
{
  HandoverHousekeeping *self = g_new0 (HandoverHousekeeping, 1);

  self->now = now;
  self->log_kept = log_kept;
  /* What belongs to nobody's business comes first. */
  self->business_id = g_strdup ("");
  return self;
}

/**
 * handover_housekeeping_free:
 * @self: (transfer full): a round
 *
 * Frees it.
 */
void
handover_housekeeping_free (HandoverHousekeeping *self)
{
  g_free (self->business_id);
  g_free (self);
}

/* The log is cut at its old end only, so that its numbers stay without a gap, and keeps its newest line. It is cut
 * before the first line that is not too old: where the clock was once wrong, more is kept, never less. */
static gboolean
cut_log (HandoverStore         *self,
         HandoverHousekeeping  *round,
         gint64                *left,
         GError               **error)
{
  HandoverDatabase *database = handover_store_get_database (self);
  HandoverStatement *row;
  gint64 oldest, newest, end;

  if (!handover_store_get_oldest_event (self, round->business_id, &oldest, error))
    return FALSE;
  if (oldest == 0)
    return TRUE;
  if (!handover_store_get_sequence (self, round->business_id, &newest, error))
    return FALSE;

  end = MIN (oldest + *left, newest);
  if (!handover_store_look_up (self, &row, error, "housekeeping.first_fresh_event", "tii", round->business_id, end,
                               round->now - round->log_kept))
    return FALSE;
  if (row != NULL)
    {
      end = handover_statement_get_int (row, 0);
      handover_statement_reset (row);
    }
  if (end == oldest)
    return TRUE;

  if (!handover_database_run (database, "housekeeping.delete_events", error, "ti", round->business_id, end))
    return FALSE;
  *left -= handover_database_get_changes (database);
  return TRUE;
}

static gboolean
delete_rows (HandoverStore         *self,
             HandoverHousekeeping  *round,
             const char            *name,
             gint64                 kept,
             gint64                *left,
             GError               **error)
{
  HandoverDatabase *database = handover_store_get_database (self);

  if (*left == 0)
    return TRUE;
  if (!handover_database_run (database, name, error, "tii", round->business_id, round->now - kept, *left))
    return FALSE;

  *left -= handover_database_get_changes (database);
  return TRUE;
}

/* First the parts of files that no message shows, then the files of which no part is left. */
static gboolean
delete_uploads (HandoverStore         *self,
                HandoverHousekeeping  *round,
                gint64                *left,
                GError               **error)
{
  HandoverDatabase *database = handover_store_get_database (self);

  if (!handover_database_run (database, "housekeeping.delete_parts", error, "tii", round->business_id,
                              round->now - HANDOVER_ATTACHMENT_KEPT, *left / PART_ROWS))
    return FALSE;

  *left -= handover_database_get_changes (database) * PART_ROWS;
  if (*left < PART_ROWS)
    *left = 0;
  return delete_rows (self, round, "housekeeping.delete_attachments", HANDOVER_ATTACHMENT_KEPT, left, error);
}

static gboolean
go_on (HandoverStore         *self,
       HandoverHousekeeping  *round,
       GError               **error)
{
  HandoverStatement *row;

  if (!handover_store_look_up (self, &row, error, "housekeeping.next_business", "t", round->business_id))
    return FALSE;

  g_clear_pointer (&round->business_id, g_free);
  if (row == NULL)
    return TRUE;

  round->business_id = handover_statement_dup_text (row, 0);
  handover_statement_reset (row);
  return TRUE;
}

/**
 * handover_store_clean_up:
 * @self: the writer's store
 * @round: how far it has come
 * @error: return location for an error
 *
 * Removes a few rows that have had their time: old lines of the log, answers kept for repeats, sessions that nobody
 * used, invites that nobody can accept and files that no message shows. It does little at once, so that nobody waits long for the writer: it is to
 * be called again, in another transaction, until @round has no business.
 *
 * Returns: whether it could
 */
gboolean
handover_store_clean_up (HandoverStore         *self,
                         HandoverHousekeeping  *round,
                         GError               **error)
{
  gint64 left = HANDOVER_HOUSEKEEPING_ROWS;

  for (guint i = 0; i < HANDOVER_HOUSEKEEPING_BUSINESSES && round->business_id != NULL; i++)
    {
      if (!cut_log (self, round, &left, error) ||
          !delete_rows (self, round, "housekeeping.delete_answers", HANDOVER_IDEMPOTENCY_KEPT, &left, error) ||
          !delete_rows (self, round, "housekeeping.delete_sessions", HANDOVER_SESSION_IDLE, &left, error) ||
          !delete_rows (self, round, "housekeeping.delete_invites", 0, &left, error) ||
          !delete_rows (self, round, "housekeeping.delete_arrivals", HANDOVER_ARRIVAL_KEPT, &left, error) ||
          !delete_uploads (self, round, &left, error))
        return FALSE;
      if (left == 0)
        return TRUE;
      if (!go_on (self, round, error))
        return FALSE;
    }

  return TRUE;
}
