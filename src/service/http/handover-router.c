/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "service/http/handover-router.h"

#include <string.h>

#include "core/handover-problem.h"

/* A pattern cut at its slashes. Few routes share a number of segments, so a scan is enough. */
typedef struct
{
  const HandoverRoute *route;
  char **segments;
  guint n_segments;
} Entry;

struct _HandoverRouter
{
  GArray *entries;
  GPtrArray *uploads;
};

static void
entry_clear (gpointer data)
{
  Entry *entry = data;

  g_strfreev (entry->segments);
}

/**
 * handover_router_new:
 *
 * Makes a router without routes.
 *
 * Returns: (transfer full): a router
 */
HandoverRouter *
handover_router_new (void)
{
  HandoverRouter *self = g_new0 (HandoverRouter, 1);

  self->entries = g_array_new (FALSE, FALSE, sizeof (Entry));
  g_array_set_clear_func (self->entries, entry_clear);
  self->uploads = g_ptr_array_new ();

  return self;
}

/**
 * handover_router_free:
 * @self: (transfer full): a router
 *
 * Frees a router.
 */
void
handover_router_free (HandoverRouter *self)
{
  g_array_unref (self->entries);
  g_ptr_array_unref (self->uploads);
  g_free (self);
}

/**
 * handover_router_add:
 * @self: a router
 * @routes: (array zero-terminated=1): a table that outlives @self
 *
 * Adds a table of routes.
 */
void
handover_router_add (HandoverRouter      *self,
                     const HandoverRoute *routes)
{
  for (const HandoverRoute *route = routes; route->method != NULL; route++)
    {
      Entry entry = { route, g_strsplit (route->pattern, "/", -1), 0 };

      entry.n_segments = g_strv_length (entry.segments);
      g_array_append_val (self->entries, entry);
      if ((route->flags & HANDOVER_ROUTE_UPLOAD) == HANDOVER_ROUTE_UPLOAD)
        g_ptr_array_add (self->uploads, (gpointer) route);
    }
}

static gboolean
is_parameter (const char *segment)
{
  return segment[0] == '{';
}

/* A parameter never matches an empty segment, so "/v1/agents/" is not an agent without a name. */
static gboolean
entry_matches (const Entry *entry,
               char       **segments,
               guint        n_segments)
{
  if (entry->n_segments != n_segments)
    return FALSE;

  for (guint i = 0; i < n_segments; i++)
    {
      if (is_parameter (entry->segments[i]))
        {
          if (segments[i][0] == '\0')
            return FALSE;
        }
      else if (strcmp (entry->segments[i], segments[i]) != 0)
        {
          return FALSE;
        }
    }

  return TRUE;
}

static gboolean
take_parameters (const Entry      *entry,
                 char            **segments,
                 HandoverRequest  *request,
                 GError          **error)
{
  for (guint i = 0; i < entry->n_segments; i++)
    {
      const char *pattern = entry->segments[i];
      char *value;

      if (!is_parameter (pattern))
        continue;

      value = g_uri_unescape_string (segments[i], NULL);
      if (value == NULL || !g_utf8_validate (value, -1, NULL))
        {
          g_free (value);
          g_set_error_literal (error, HANDOVER_PROBLEM, HANDOVER_PROBLEM_INVALID_REQUEST,
                               "The address holds a malformed percent-encoding.");
          return FALSE;
        }
      g_hash_table_replace (request->parameters, g_strndup (pattern + 1, strlen (pattern) - 2), value);
    }

  return TRUE;
}

/**
 * handover_router_match:
 * @self: a router
 * @request: a request; its parameters are filled
 * @allowed: (out) (nullable): the methods that the path takes, when none of them is the request's
 * @error: return location for a #HANDOVER_PROBLEM error
 *
 * Finds the route of a request.
 *
 * Returns: (nullable): the route
 */
const HandoverRoute *
handover_router_match (HandoverRouter   *self,
                       HandoverRequest  *request,
                       char            **allowed,
                       GError          **error)
{
  g_auto (GStrv) segments = g_strsplit (request->path, "/", -1);
  g_autoptr (GString) methods = g_string_new (NULL);
  guint n_segments = g_strv_length (segments);

  *allowed = NULL;
  for (guint i = 0; i < self->entries->len; i++)
    {
      const Entry *entry = &g_array_index (self->entries, Entry, i);

      if (!entry_matches (entry, segments, n_segments))
        continue;
      if (strcmp (entry->route->method, request->method) == 0)
        return take_parameters (entry, segments, request, error) ? entry->route : NULL;

      g_string_append_printf (methods, "%s%s", methods->len > 0 ? ", " : "", entry->route->method);
    }

  if (methods->len == 0)
    {
      g_set_error_literal (error, HANDOVER_PROBLEM, HANDOVER_PROBLEM_NOT_FOUND, "There is nothing at this address.");
      return NULL;
    }

  g_set_error (error, HANDOVER_PROBLEM, HANDOVER_PROBLEM_METHOD_NOT_ALLOWED,
               "This address takes %s.", methods->str);
  *allowed = g_string_free (g_steal_pointer (&methods), FALSE);
  return NULL;
}

/**
 * handover_router_takes_file:
 * @self: a router
 * @method: a request's method
 * @path: its path, still percent-encoded
 *
 * Looks among the routes for uploads, whose patterns are plain paths.
 *
 * Returns: whether the request's body is a file
 */
gboolean
handover_router_takes_file (HandoverRouter *self,
                            const char     *method,
                            const char     *path)
{
  for (guint i = 0; i < self->uploads->len; i++)
    {
      const HandoverRoute *route = g_ptr_array_index (self->uploads, i);

      if (strcmp (route->method, method) == 0 && strcmp (route->pattern, path) == 0)
        return TRUE;
    }

  return FALSE;
}
