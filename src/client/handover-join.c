/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#define G_LOG_DOMAIN "handover-join"

#include "config.h"

#include "client/handover-join.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "core/handover-agent.h"
#include "core/handover-business.h"
#include "core/handover-channel-account.h"
#include "core/handover-conversation.h"
#include "core/handover-json.h"
#include "core/handover-operator.h"
#include "core/handover-problem.h"
#include "core/handover-template.h"

#define PAGE_SIZE "200"

/* More than any list has; it only keeps a broken service from leading round for ever. */
#define PAGES_LIMIT 250

/* One of the first lists. What may grow without end is read as far as its first page; the rest comes when somebody
 * looks at it. A service may be older than a list is. */
typedef struct
{
  const char *path;
  GType (*get_type) (void);
  gboolean single;
  gboolean first_page_only;
  gboolean may_lack;
} List;

static const List lists[] = {
  { "/v1/business", handover_business_get_type, TRUE, TRUE },
  { "/v1/team", handover_operator_get_type, FALSE, FALSE },
  { "/v1/agents", handover_agent_get_type, FALSE, FALSE },
  { "/v1/channels", handover_channel_account_get_type, FALSE, FALSE, TRUE },
  { "/v1/templates", handover_template_get_type, FALSE, FALSE },
  { "/v1/conversations?limit=" PAGE_SIZE "&view=waiting", handover_conversation_get_type, FALSE, FALSE },
  { "/v1/conversations?limit=" PAGE_SIZE "&view=mine", handover_conversation_get_type, FALSE, FALSE },
  { "/v1/conversations?limit=" PAGE_SIZE "&view=team", handover_conversation_get_type, FALSE, FALSE },
  { "/v1/conversations?limit=" PAGE_SIZE "&view=agent", handover_conversation_get_type, FALSE, TRUE },
  { "/v1/conversations?limit=" PAGE_SIZE "&view=closed", handover_conversation_get_type, FALSE, TRUE },
};

typedef struct
{
  HandoverSnapshot *snapshot;
  GCancellable *cancellable;
  gulong handler;
  GError *error;
  guint pending;
} Join;

typedef struct
{
  GTask *task;
  const List *list;
  guint number;
} Page;

static void ask_page (GTask      *task,
                      const List *list,
                      const char *cursor,
                      guint       number);

static void
join_free (gpointer data)
{
  Join *join = data;

  g_clear_pointer (&join->snapshot, handover_snapshot_free);
  g_clear_object (&join->cancellable);
  g_clear_error (&join->error);
  g_free (join);
}

/* Ends when the last call under way has ended: the snapshot is shared by all of them. */
static void
leave (GTask *task)
{
  Join *join = g_task_get_task_data (task);

  if (--join->pending > 0)
    return;

  g_cancellable_disconnect (g_task_get_cancellable (task), join->handler);
  if (join->error != NULL)
    g_task_return_error (task, g_steal_pointer (&join->error));
  else
    g_task_return_pointer (task, g_steal_pointer (&join->snapshot), (GDestroyNotify) handover_snapshot_free);
  g_object_unref (task);
}

static void
fail (GTask  *task,
      GError *error)
{
  Join *join = g_task_get_task_data (task);

  if (join->error == NULL)
    join->error = error;
  else
    g_error_free (error);
  g_cancellable_cancel (join->cancellable);
}

static gboolean
add_items (HandoverSnapshot  *snapshot,
           HandoverReply     *reply,
           const List        *list,
           const char       **cursor,
           GError           **error)
{
  if (!JSON_NODE_HOLDS_OBJECT (reply->body))
    {
      g_set_error_literal (error, HANDOVER_PROBLEM, HANDOVER_PROBLEM_UNEXPECTED_ANSWER,
                           _("The service answered with something else than a list."));
      return FALSE;
    }

  return handover_json_read_string (json_node_get_object (reply->body), "", "next_cursor", HANDOVER_JSON_OPTIONAL,
                                    G_MAXSIZE, cursor, error) &&
         handover_snapshot_add_items (snapshot, list->get_type (), reply->body, reply->sequence, error);
}

static gboolean
add_single (HandoverSnapshot  *snapshot,
            HandoverReply     *reply,
            const List        *list,
            GError           **error)
{
  g_autoptr (HandoverRecord) record = handover_record_from_json (list->get_type (), reply->body, error);

  if (record == NULL)
    return FALSE;

  handover_snapshot_add (snapshot, record, reply->sequence);

  return TRUE;
}

static gboolean
take_page (Join           *join,
           HandoverReply  *reply,
           const List     *list,
           const char    **cursor,
           GError        **error)
{
  if (reply->body == NULL || reply->sequence < 0)
    {
      g_set_error_literal (error, HANDOVER_PROBLEM, HANDOVER_PROBLEM_UNEXPECTED_ANSWER,
                           _("The service did not say how current its lists are."));
      return FALSE;
    }

  if (!handover_snapshot_is_of_log (join->snapshot, reply->log))
    {
      g_set_error_literal (error, HANDOVER_PROBLEM, HANDOVER_PROBLEM_UNEXPECTED_ANSWER,
                           _("The service was replaced by another while its lists were loaded."));
      return FALSE;
    }

  if (list->single)
    return add_single (join->snapshot, reply, list, error);

  return add_items (join->snapshot, reply, list, cursor, error);
}

static void
follow (Page       *page,
        const char *cursor)
{
  if (page->number < PAGES_LIMIT)
    ask_page (page->task, page->list, cursor, page->number + 1);
  else
    fail (page->task, g_error_new (HANDOVER_PROBLEM, HANDOVER_PROBLEM_UNEXPECTED_ANSWER,
                                   _("The service answered with a list that does not end.")));
}

static void
page_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autofree Page *page = user_data;
  Join *join = g_task_get_task_data (page->task);
  g_autoptr (GError) error = NULL;
  g_autoptr (HandoverReply) reply = handover_client_call_finish (HANDOVER_CLIENT (object), result, &error);
  const char *cursor = NULL;

  /* What this operator's role may not see is not part of what it mirrors. */
  if (g_error_matches (error, HANDOVER_PROBLEM, HANDOVER_PROBLEM_FORBIDDEN))
    g_debug ("%s is not for this operator", page->list->path);
  else if (page->list->may_lack && g_error_matches (error, HANDOVER_PROBLEM, HANDOVER_PROBLEM_NOT_FOUND))
    g_debug ("This service has no %s yet", page->list->path);
  else if (reply == NULL || !take_page (join, reply, page->list, &cursor, &error))
    fail (page->task, g_steal_pointer (&error));
  else if (cursor != NULL && !page->list->first_page_only && join->error == NULL)
    follow (page, cursor);

  leave (page->task);
}

static void
ask_page (GTask      *task,
          const List *list,
          const char *cursor,
          guint       number)
{
  Join *join = g_task_get_task_data (task);
  Page *page = g_new0 (Page, 1);
  g_autofree char *escaped = cursor != NULL ? g_uri_escape_string (cursor, NULL, FALSE) : NULL;
  g_autofree char *path = NULL;

  path = escaped == NULL
         ? g_strdup (list->path)
         : g_strdup_printf ("%s%ccursor=%s", list->path, strchr (list->path, '?') != NULL ? '&' : '?', escaped);
  page->task = task;
  page->list = list;
  page->number = number;
  join->pending++;
  handover_client_call_async (g_task_get_source_object (task), HANDOVER_CALL_DEFAULT, "GET", path, NULL, NULL,
                              HANDOVER_CALL_PATIENT, join->cancellable, page_cb, page);
}

static void
cancelled_cb (GCancellable *cancellable,
              GCancellable *inner)
{
  g_cancellable_cancel (inner);
}

/**
 * handover_join_async:
 * @client: the service and the session with it
 * @cancellable: (nullable): a cancellable
 * @callback: called when the lists have arrived
 * @user_data: data for @callback
 *
 * Loads the first lists of a service, all at once. Each answer says at which number of the log it is true; the smallest
 * is the snapshot's, and the stream is joined after it.
 */
void
handover_join_async (HandoverClient      *client,
                     GCancellable        *cancellable,
                     GAsyncReadyCallback  callback,
                     gpointer             user_data)
{
  GTask *task = g_task_new (client, cancellable, callback, user_data);
  Join *join = g_new0 (Join, 1);

  g_task_set_source_tag (task, handover_join_async);
  g_task_set_task_data (task, join, join_free);
  join->snapshot = handover_snapshot_new ();
  join->cancellable = g_cancellable_new ();
  if (cancellable != NULL)
    join->handler = g_cancellable_connect (cancellable, G_CALLBACK (cancelled_cb), g_object_ref (join->cancellable),
                                           g_object_unref);

  for (gsize i = 0; i < G_N_ELEMENTS (lists); i++)
    ask_page (task, &lists[i], NULL, 1);
}

/**
 * handover_join_finish:
 * @client: the service and the session with it
 * @result: the result
 * @error: return location for an error
 *
 * Ends handover_join_async().
 *
 * Returns: (transfer full) (nullable): the lists, or %NULL with @error
 */
HandoverSnapshot *
handover_join_finish (HandoverClient  *client,
                      GAsyncResult    *result,
                      GError         **error)
{
  g_return_val_if_fail (g_task_is_valid (result, client), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
