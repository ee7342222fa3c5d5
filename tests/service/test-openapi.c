/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include <gio/gio.h>
#include <json-glib/json-glib.h>

#include "service/http/routes/handover-routes.h"

/* "METHOD /path" of all that the document describes. */
static GHashTable *
list_described (JsonObject *document)
{
  GHashTable *described = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  JsonObjectIter paths;
  const char *path;
  JsonNode *operations;

  json_object_iter_init (&paths, json_object_get_object_member (document, "paths"));
  while (json_object_iter_next (&paths, &path, &operations))
    {
      JsonObjectIter members;
      const char *member;

      json_object_iter_init (&members, json_node_get_object (operations));
      while (json_object_iter_next (&members, &member, NULL))
        {
          g_autofree char *method = g_ascii_strup (member, -1);

          if (!g_str_equal (member, "parameters"))
            g_hash_table_add (described, g_strconcat (method, " ", path, NULL));
        }
    }

  return described;
}

/* What is answered is described, and what is described is answered. */
static void
test_every_route (void)
{
  g_autofree char *text = NULL;
  g_autoptr (JsonNode) document = NULL;
  g_autoptr (GHashTable) described = NULL;
  g_autoptr (GError) error = NULL;
  GHashTableIter left;
  gpointer call;

  g_file_get_contents (OPENAPI_DOCUMENT, &text, NULL, &error);
  g_assert_no_error (error);
  document = json_from_string (text, &error);
  g_assert_no_error (error);
  described = list_described (json_node_get_object (document));

  for (const HandoverRoute * const *table = handover_routes; *table != NULL; table++)
    for (const HandoverRoute *route = *table; route->method != NULL; route++)
      {
        g_autofree char *name = g_strconcat (route->method, " ", route->pattern, NULL);

        if (!g_hash_table_remove (described, name))
          g_error ("%s is not in the OpenAPI document", name);
      }

  g_hash_table_iter_init (&left, described);
  if (g_hash_table_iter_next (&left, &call, NULL))
    g_error ("%s is in the OpenAPI document, and nowhere else", (const char *) call);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/openapi/every-route", test_every_route);

  return g_test_run ();
}
