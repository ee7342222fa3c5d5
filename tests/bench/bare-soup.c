/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

/* bare-soup FILE: a server whose handler answers every request with the bytes in FILE. Prints its port. */

#include <libsoup/soup.h>

static void
answer_cb (SoupServer        *server,
           SoupServerMessage *message,
           const char        *path,
           GHashTable        *query,
           gpointer           user_data)
{
  soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
  soup_message_headers_set_content_type (soup_server_message_get_response_headers (message), "application/json", NULL);
  soup_message_body_append_bytes (soup_server_message_get_response_body (message), user_data);
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (SoupServer) server = soup_server_new (NULL, NULL);
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GBytes) body = NULL;
  g_autoptr (GError) error = NULL;
  char *text;
  gsize length;
  GSList *addresses;

  if (argc != 2 || !g_file_get_contents (argv[1], &text, &length, &error))
    g_error ("usage: bare-soup FILE%s%s", error != NULL ? ": " : "", error != NULL ? error->message : "");

  body = g_bytes_new_take (text, length);
  soup_server_add_handler (server, NULL, answer_cb, body, NULL);
  if (!soup_server_listen_local (server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error))
    g_error ("%s", error->message);

  addresses = soup_server_get_uris (server);
  g_print ("%d\n", g_uri_get_port (addresses->data));
  g_slist_free_full (addresses, (GDestroyNotify) g_uri_unref);
  g_main_loop_run (loop);

  return 0;
}
