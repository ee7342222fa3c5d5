/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#define G_LOG_DOMAIN "handover-housekeeper"

#include "service/handover-housekeeper.h"

#include "core/handover-time.h"
#include "service/store/handover-store-housekeeping.h"

#define SECONDS_BETWEEN_ROUNDS 3600
#define DAY (G_GINT64_CONSTANT (24) * 3600 * 1000)

/**
 * HandoverHousekeeper:
 *
 * Removes from the database what has had its time: at the start and then every hour, in small jobs between others'.
 */
struct _HandoverHousekeeper
{
  GObject parent_instance;

  HandoverWorkers *workers;
  gint64 log_kept;
  GCancellable *closing;
  guint timer;
  gboolean busy;
};

G_DEFINE_FINAL_TYPE (HandoverHousekeeper, handover_housekeeper, G_TYPE_OBJECT)

static void
handover_housekeeper_dispose (GObject *object)
{
  handover_housekeeper_stop (HANDOVER_HOUSEKEEPER (object));

  G_OBJECT_CLASS (handover_housekeeper_parent_class)->dispose (object);
}

static void
handover_housekeeper_finalize (GObject *object)
{
  g_object_unref (HANDOVER_HOUSEKEEPER (object)->closing);

  G_OBJECT_CLASS (handover_housekeeper_parent_class)->finalize (object);
}

static void
handover_housekeeper_class_init (HandoverHousekeeperClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = handover_housekeeper_dispose;
  G_OBJECT_CLASS (klass)->finalize = handover_housekeeper_finalize;
}

static void
handover_housekeeper_init (HandoverHousekeeper *self)
{
  self->closing = g_cancellable_new ();
}

static gboolean
clean_up (gpointer   store,
          gpointer   job,
          GError   **error)
{
  return handover_store_clean_up (store, job, error);
}

static void go_on (HandoverHousekeeper  *self,
                   HandoverHousekeeping *round);

static void
cleaned_up_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      data)
{
  g_autoptr (HandoverHousekeeper) self = data;
  HandoverHousekeeping *round = handover_workers_get_job (result);
  g_autoptr (GError) error = NULL;

  self->busy = FALSE;
  if (!handover_workers_finish (HANDOVER_WORKERS (object), result, &error))
    {
      if (!g_cancellable_is_cancelled (self->closing))
        g_warning ("What is too old could not be removed: %s", error->message);
      return;
    }

  if (round->business_id != NULL && !g_cancellable_is_cancelled (self->closing))
    {
      HandoverHousekeeping *rest = handover_housekeeping_new (round->now, round->log_kept);

      g_set_str (&rest->business_id, round->business_id);
      go_on (self, rest);
    }
}

/* Behind what others have asked of the writer meanwhile. */
static void
go_on (HandoverHousekeeper  *self,
       HandoverHousekeeping *round)
{
  self->busy = TRUE;
  handover_workers_write_async (self->workers, clean_up, round, (GDestroyNotify) handover_housekeeping_free,
                                self->closing, cleaned_up_cb, g_object_ref (self));
}

static gboolean
begin_cb (gpointer data)
{
  HandoverHousekeeper *self = data;

  if (!self->busy)
    go_on (self, handover_housekeeping_new (handover_time_now (), self->log_kept));
  return G_SOURCE_CONTINUE;
}

/**
 * handover_housekeeper_new:
 * @workers: whose writer it uses
 * @keep_days: for how many days lines of the log are kept
 *
 * Makes a housekeeper, which begins at once.
 *
 * Returns: (transfer full): a housekeeper
 */
HandoverHousekeeper *
handover_housekeeper_new (HandoverWorkers *workers,
                          guint            keep_days)
{
  HandoverHousekeeper *self = g_object_new (HANDOVER_TYPE_HOUSEKEEPER, NULL);

  self->workers = g_object_ref (workers);
  self->log_kept = keep_days * DAY;
  self->timer = g_timeout_add_seconds (SECONDS_BETWEEN_ROUNDS, begin_cb, self);
  begin_cb (self);
  return self;
}

/**
 * handover_housekeeper_stop:
 * @self: a housekeeper
 *
 * Begins nothing more; to be called before the workers are closed.
 */
void
handover_housekeeper_stop (HandoverHousekeeper *self)
{
  g_return_if_fail (HANDOVER_IS_HOUSEKEEPER (self));

  g_cancellable_cancel (self->closing);
  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_object (&self->workers);
}
