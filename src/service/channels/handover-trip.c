/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#define G_LOG_DOMAIN "handover-trip"

#include "service/channels/handover-trip.h"

#include "service/desk/handover-desk-delivery.h"
#include "service/store/handover-store-attachments.h"

/* A part on its way, from its queue to what became of it. */
typedef struct
{
  HandoverTripOptions options;
  HandoverDeskSending *desk;
  HandoverOutboundPart *part;
  HandoverSendResult *result;
} Trip;

static void
trip_free (gpointer data)
{
  Trip *trip = data;

  g_clear_object (&trip->options.channel);
  g_clear_object (&trip->options.workers);
  g_clear_object (&trip->options.cancellable);
  g_clear_pointer (&trip->desk, handover_desk_sending_free);
  g_clear_pointer (&trip->part, handover_outbound_part_free);
  g_clear_pointer (&trip->result, handover_send_result_free);
  g_free (trip);
}

static void
end (Trip            *trip,
     HandoverTripEnd  how)
{
  trip->options.ended (how, trip->result, trip->desk->more, trip->options.user_data);
  trip_free (trip);
}

/* --- What became of it --------------------------------------------------------------------------------------- */

static void note_result (Trip *trip);

static gboolean
end_job (gpointer   store,
         gpointer   job,
         GError   **error)
{
  Trip *trip = job;

  return handover_desk_delivery_end (store, trip->desk, trip->result, error);
}

static gboolean
note_again_cb (gpointer data)
{
  note_result (data);
  return G_SOURCE_REMOVE;
}

/* Nothing else is sent in this conversation before it is written down what became of this. */
static void
noted_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      data)
{
  Trip *trip = data;
  g_autoptr (GError) error = NULL;

  if (handover_workers_finish (HANDOVER_WORKERS (object), result, &error))
    {
      end (trip, HANDOVER_TRIP_NOTED);
      return;
    }

  if (g_error_matches (error, HANDOVER_DATABASE_ERROR, HANDOVER_DATABASE_ERROR_CLOSED))
    {
      g_warning ("It could not be noted what became of %s: %s", trip->desk->delivery.message_id, error->message);
      end (trip, HANDOVER_TRIP_UNNOTED);
      return;
    }

  g_timeout_add (trip->options.retry, note_again_cb, trip);
}

static void
note_result (Trip *trip)
{
  handover_workers_write_async (trip->options.workers, end_job, trip, NULL, NULL, noted_cb, trip);
}

static void
sent_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      data)
{
  Trip *trip = data;
  HandoverChannel *channel = HANDOVER_CHANNEL (object);

  trip->result = HANDOVER_CHANNEL_GET_CLASS (channel)->send_finish (channel, result);
  note_result (trip);
}

/* --- What leaves --------------------------------------------------------------------------------------------- */

/* Nothing left: it can be tried again. */
static void
keep (Trip       *trip,
      const char *reason)
{
  trip->result = handover_send_result_new (HANDOVER_SEND_AGAIN, reason);
  note_result (trip);
}

static void
leave (Trip *trip)
{
  HandoverChannel *channel = trip->options.channel;

  if (trip->options.may_leave (trip->options.user_data))
    HANDOVER_CHANNEL_GET_CLASS (channel)->send_async (channel, trip->part, trip->options.cancellable, sent_cb, trip);
  else
    keep (trip, NULL);
}

static gboolean
load_job (gpointer   store,
          gpointer   job,
          GError   **error)
{
  Trip *trip = job;
  HandoverAttachment *file = trip->desk->part->file;
  g_autoptr (GByteArray) all = g_byte_array_sized_new (file->size);

  for (guint part = 0; all->len < file->size; part++)
    {
      g_autoptr (GBytes) bytes = handover_store_read_attachment_part (store, trip->desk->delivery.business_id, file->id, part,
                                                                      error);

      if (bytes == NULL)
        return FALSE;
      g_byte_array_append (all, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
    }

  trip->part->file->bytes = g_byte_array_free_to_bytes (g_steal_pointer (&all));
  return TRUE;
}

static void
loaded_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      data)
{
  Trip *trip = data;
  g_autoptr (GError) error = NULL;

  if (handover_workers_finish (HANDOVER_WORKERS (object), result, &error))
    {
      leave (trip);
      return;
    }

  g_warning ("A file cannot be read: %s", error->message);
  keep (trip, "A file could not be read from the database.");
}

static HandoverOutboundPart *
make_part (HandoverDeskSending *desk)
{
  HandoverOutboundPart *part = g_new0 (HandoverOutboundPart, 1);
  HandoverAttachment *file = desk->part->file;

  part->contact = g_strdup (desk->contact);
  part->text = g_strdup (desk->part->text);
  part->reply_to = g_strdup (desk->reply_to);
  if (file != NULL)
    {
      part->file = g_new0 (HandoverOutboundFile, 1);
      part->file->name = g_strdup (file->name);
      part->file->type = g_strdup (file->type);
      part->file->width = file->width;
      part->file->height = file->height;
    }
  return part;
}

static gboolean
begin_job (gpointer   store,
           gpointer   job,
           GError   **error)
{
  return handover_desk_delivery_begin (store, ((Trip *) job)->desk, error);
}

static void
begun_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      data)
{
  Trip *trip = data;
  g_autoptr (GError) error = NULL;

  if (!handover_workers_finish (HANDOVER_WORKERS (object), result, &error))
    {
      if (!g_error_matches (error, HANDOVER_DATABASE_ERROR, HANDOVER_DATABASE_ERROR_CLOSED))
        g_warning ("The queue of a channel cannot be read: %s", error->message);
      end (trip, HANDOVER_TRIP_UNREAD);
      return;
    }
  if (trip->desk->part == NULL)
    {
      end (trip, HANDOVER_TRIP_EMPTY);
      return;
    }

  trip->part = make_part (trip->desk);
  if (trip->part->file != NULL)
    handover_workers_read_async (trip->options.workers, load_job, trip, NULL, NULL, loaded_cb, trip);
  else
    leave (trip);
}

/**
 * handover_trip_begin:
 * @options: what goes, how, and who is told
 *
 * Sends what is first in a conversation's queue, and writes down what became of it.
 */
void
handover_trip_begin (const HandoverTripOptions *options)
{
  Trip *trip;

  g_return_if_fail (options != NULL && options->may_leave != NULL && options->ended != NULL);

  trip = g_new0 (Trip, 1);
  trip->options = *options;
  trip->options.channel = g_object_ref (options->channel);
  trip->options.workers = g_object_ref (options->workers);
  trip->options.cancellable = g_object_ref (options->cancellable);
  trip->desk = g_new0 (HandoverDeskSending, 1);
  trip->desk->delivery.business_id = g_strdup (options->business_id);
  trip->desk->delivery.channel_id = g_strdup (options->channel_id);
  trip->desk->delivery.conversation_id = g_strdup (options->conversation_id);
  trip->desk->limits = HANDOVER_CHANNEL_GET_CLASS (options->channel)->limits;
  handover_workers_write_async (options->workers, begin_job, trip, NULL, NULL, begun_cb, trip);
}
