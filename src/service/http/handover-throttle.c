/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "service/http/handover-throttle.h"

#define PRUNE_ABOVE 10000

/* A bucket of attempts left, as it was when it was last looked at. */
typedef struct
{
  double left;
  gint64 at;
} Bucket;

struct _HandoverThrottle
{
  GMutex lock;
  GHashTable *buckets;
  double attempts;
  double refill;
};

/**
 * handover_throttle_new:
 * @attempts: how many attempts may come at once
 * @refill: after how many seconds one more is allowed
 *
 * Makes a throttle. It may be used from any thread.
 *
 * Returns: (transfer full): a throttle
 */
HandoverThrottle *
handover_throttle_new (guint attempts,
                       guint refill)
{
  HandoverThrottle *self = g_new0 (HandoverThrottle, 1);

  g_mutex_init (&self->lock);
  self->buckets = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->attempts = attempts;
  self->refill = refill * 1000.0;

  return self;
}

/**
 * handover_throttle_free:
 * @self: (transfer full): a throttle
 *
 * Frees a throttle.
 */
void
handover_throttle_free (HandoverThrottle *self)
{
  g_hash_table_unref (self->buckets);
  g_mutex_clear (&self->lock);
  g_free (self);
}

/* A clock that is put back takes nothing away: it would lock out everybody for as long. */
static void
fill (HandoverThrottle *self,
      Bucket           *bucket,
      gint64            now)
{
  bucket->left = MIN (self->attempts, bucket->left + MAX (now - bucket->at, 0) / self->refill);
  bucket->at = now;
}

/* A full bucket is the same as none; dropping them bounds the memory that strangers can take. */
static void
prune (HandoverThrottle *self,
       gint64            now)
{
  GHashTableIter iter;
  gpointer value;

  if (g_hash_table_size (self->buckets) <= PRUNE_ABOVE)
    return;

  g_hash_table_iter_init (&iter, self->buckets);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      Bucket *bucket = value;

      fill (self, bucket, now);
      if (bucket->left >= self->attempts)
        g_hash_table_iter_remove (&iter);
    }
}

/**
 * handover_throttle_admit:
 * @self: a throttle
 * @key: who tries
 * @now: the time in milliseconds
 * @wait: (out): after how many seconds to try again, when refused
 *
 * Counts an attempt before its outcome is known, so that many at once are no way around.
 *
 * Returns: whether the attempt may go on
 */
gboolean
handover_throttle_admit (HandoverThrottle *self,
                         const char       *key,
                         gint64            now,
                         guint            *wait)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  Bucket *bucket;

  prune (self, now);
  bucket = g_hash_table_lookup (self->buckets, key);
  if (bucket == NULL)
    {
      bucket = g_new0 (Bucket, 1);
      bucket->left = self->attempts;
      bucket->at = now;
      g_hash_table_insert (self->buckets, g_strdup (key), bucket);
    }

  fill (self, bucket, now);
  if (bucket->left < 1)
    {
      *wait = (guint) ((1 - bucket->left) * self->refill / 1000) + 1;
      return FALSE;
    }

  bucket->left -= 1;
  *wait = 0;
  return TRUE;
}

/**
 * handover_throttle_forgive:
 * @self: a throttle
 * @key: who tried
 *
 * Gives an attempt back, for it turned out to be rightful.
 */
void
handover_throttle_forgive (HandoverThrottle *self,
                           const char       *key)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  Bucket *bucket = g_hash_table_lookup (self->buckets, key);

  if (bucket != NULL)
    bucket->left = MIN (self->attempts, bucket->left + 1);
}

/**
 * handover_throttle_count:
 * @self: a throttle
 *
 * Counts the keys that it remembers.
 *
 * Returns: how many there are
 */
guint
handover_throttle_count (HandoverThrottle *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  return g_hash_table_size (self->buckets);
}
