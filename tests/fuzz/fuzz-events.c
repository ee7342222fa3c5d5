/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include <string.h>

#include <gio/gio.h>

#include "client/store/handover-client-store-resources.h"
#include "client/store/handover-mirror-store.h"
#include "core/handover-event.h"
#include "core/handover-json.h"
#include "fuzz-target.h"

#define RESOURCES "/dev/handover/client/store/"

static HandoverDatabase *
open_mirror (void)
{
  static HandoverDatabase *database;
  g_autoptr (GError) error = NULL;

  if (database != NULL)
    return database;

  g_resources_register (handover_client_store_get_resource ());

  database = handover_database_open (":memory:", HANDOVER_DATABASE_DEFAULT, &error);
  g_assert_no_error (error);
  handover_database_migrate (database, RESOURCES "migrations", &error);
  g_assert_no_error (error);
  handover_database_add_statements (database, RESOURCES "statements/", &error);
  g_assert_no_error (error);
  return database;
}

/* An event that cannot be stored would be asked for again and again. */
static void
check_applied (HandoverDatabase *database,
               HandoverEvent    *event)
{
  g_autoptr (HandoverChanges) changes = handover_changes_new ();
  g_autoptr (GError) error = NULL;
  gint64 before;
  gint64 after;

  handover_mirror_store_read_cursor (database, &before, &error);
  g_assert_no_error (error);
  handover_mirror_store_apply_event (database, event, changes, &error);
  g_assert_no_error (error);
  handover_mirror_store_read_cursor (database, &after, &error);
  g_assert_no_error (error);
  g_assert_cmpint (after, ==, MAX (before, event->sequence));
}

/* One line for each event, as a stream would bring them. */
int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  HandoverDatabase *database = open_mirror ();
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_autoptr (GError) error = NULL;

  handover_database_begin_write (database, &error);
  g_assert_no_error (error);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_autoptr (GBytes) bytes = g_bytes_new (lines[i], strlen (lines[i]));
      g_autoptr (JsonNode) node = handover_json_parse (bytes, NULL);
      g_autoptr (HandoverRecord) record =
        node != NULL ? handover_record_from_json (HANDOVER_TYPE_EVENT, node, NULL) : NULL;

      if (record != NULL)
        check_applied (database, HANDOVER_EVENT (record));
    }
  handover_database_rollback (database);
  return 0;
}
