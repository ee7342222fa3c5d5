/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "config.h"

#include "client/handover-answer.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>

#include "core/handover-json.h"
#include "core/handover-problem.h"

static gboolean
is_type (const char *content_type,
         const char *wanted)
{
  return content_type != NULL && g_ascii_strcasecmp (content_type, wanted) == 0;
}

static const char *
get_text (JsonObject *object,
          const char *member)
{
  const char *text = NULL;

  if (!handover_json_read_string (object, "", member, HANDOVER_JSON_OPTIONAL, G_MAXSIZE, &text, NULL))
    return NULL;

  return text;
}

/* Takes the problem out of its body; FALSE if the body holds none. */
static gboolean
read_problem (guint        status,
              const char  *content_type,
              GBytes      *body,
              GError     **error)
{
  g_autoptr (JsonNode) node = NULL;
  HandoverProblem problem;
  JsonObject *object;
  const char *detail;

  if (!is_type (content_type, "application/problem+json"))
    return FALSE;

  node = handover_json_parse (body, NULL);
  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return FALSE;

  object = json_node_get_object (node);
  problem = handover_problem_from_code (get_text (object, "code"), status);
  detail = get_text (object, "detail");
  if (detail == NULL)
    detail = get_text (object, "title");
  g_set_error_literal (error, HANDOVER_PROBLEM, problem,
                       detail != NULL ? detail : handover_problem_get_title (problem));

  return TRUE;
}

/**
 * handover_answer_read:
 * @status: the HTTP status
 * @content_type: (nullable): what the body says it is
 * @body: the body
 * @host: who answered
 * @error: return location for a %HANDOVER_PROBLEM error
 *
 * Reads an answer. One that no Handover service gives, such as a page of another program at the same address, is an
 * error in plain words.
 *
 * Returns: (transfer full) (nullable): the body; %NULL without @error if there is none
 */
JsonNode *
handover_answer_read (guint        status,
                      const char  *content_type,
                      GBytes      *body,
                      const char  *host,
                      GError     **error)
{
  g_autoptr (JsonNode) node = NULL;

  if (status == 204 || (status >= 200 && status < 300 && g_bytes_get_size (body) == 0))
    return NULL;

  if (status >= 200 && status < 300 && is_type (content_type, "application/json"))
    {
      node = handover_json_parse (body, NULL);
      if (node != NULL)
        return g_steal_pointer (&node);
    }

  if (status >= 400 && read_problem (status, content_type, body, error))
    return NULL;

  if (status >= 500)
    g_set_error (error, HANDOVER_PROBLEM, HANDOVER_PROBLEM_UNREACHABLE,
                 /* Translators: %s is the name of a computer on the network, %u a number such as 502 */
                 _("The service at %s is not working at the moment (error %u)."), host, status);
  else
    g_set_error (error, HANDOVER_PROBLEM, HANDOVER_PROBLEM_UNEXPECTED_ANSWER,
                 /* Translators: %s is the name of a computer on the network */
                 _("What answers at %s is not a Handover service. Check the service address."), host);

  return NULL;
}

static char *
describe (const GError *transport,
          const char   *host)
{
  if (transport->domain == G_TLS_ERROR)
    /* Translators: %s is the name of a computer */
    return g_strdup_printf (_("The connection to %s is not safe: its certificate cannot be verified. "
                              "Nothing was sent."), host);

  if (transport->domain == G_RESOLVER_ERROR)
    /* Translators: %s is the name of a computer */
    return g_strdup_printf (_("%s cannot be found. Check the service address and your network."), host);

  if (g_error_matches (transport, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
    /* Translators: %s is the name of a computer */
    return g_strdup_printf (_("%s did not answer in time. Try again in a moment."), host);

  if (g_error_matches (transport, G_IO_ERROR, G_IO_ERROR_NETWORK_UNREACHABLE) ||
      g_error_matches (transport, G_IO_ERROR, G_IO_ERROR_HOST_UNREACHABLE))
    /* Translators: %s is the name of a computer */
    return g_strdup_printf (_("%s cannot be reached. Check your network."), host);

  if (g_error_matches (transport, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED))
    /* Translators: %s is the name of a computer */
    return g_strdup_printf (_("No service is running at %s. Check the service address, or try again later."), host);

  /* Translators: %s is the name of a computer */
  return g_strdup_printf (_("The connection to %s was lost. Try again in a moment."), host);
}

/**
 * handover_answer_explain:
 * @transport: why no answer came
 * @host: who should have answered
 *
 * Says in plain words why no answer came. That a call was cancelled is nothing to tell a person and stays as it is.
 *
 * Returns: (transfer full): the error
 */
GError *
handover_answer_explain (const GError *transport,
                         const char   *host)
{
  g_autofree char *text = NULL;

  if (transport->domain == HANDOVER_PROBLEM || g_error_matches (transport, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return g_error_copy (transport);

  text = describe (transport, host);

  return g_error_new_literal (HANDOVER_PROBLEM, HANDOVER_PROBLEM_UNREACHABLE, text);
}

/**
 * handover_answer_may_retry:
 * @error: why a try failed, not yet explained
 *
 * Tells whether the same call may succeed in a moment.
 *
 * Returns: %TRUE if it may
 */
gboolean
handover_answer_may_retry (const GError *error)
{
  if (error->domain == HANDOVER_PROBLEM)
    return error->code == HANDOVER_PROBLEM_BUSY || error->code == HANDOVER_PROBLEM_UNREACHABLE;

  return error->domain != G_TLS_ERROR && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}
