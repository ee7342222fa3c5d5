/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "service/http/routes/handover-agent-terms.h"

#include "core/handover-enum-types.h"
#include "core/handover-json.h"
#include "core/handover-problem.h"
#include "service/desk/handover-desk-intake.h"
#include "service/http/routes/handover-route-help.h"
#include "service/store/handover-store-conversations.h"

#define EVIDENCE_LIMIT 100

static gboolean
refuse (GError     **error,
        const char  *path,
        const char  *what)
{
  g_set_error (error, HANDOVER_PROBLEM, HANDOVER_PROBLEM_INVALID_MEMBER, "%s %s", path, what);
  return FALSE;
}

static gboolean
read_contact (JsonObject        *object,
              const char        *path,
              HandoverCustomer **contact,
              GError           **error)
{
  g_autofree char *inner = path != NULL ? g_strdup_printf ("%s.customer", path) : g_strdup ("customer");
  JsonObject *customer;
  const char *id;
  const char *name;
  const char *email;
  const char *phone;

  if (!handover_json_read_object (object, path, "customer", HANDOVER_JSON_OPTIONAL, &customer, error))
    return FALSE;
  if (customer == NULL)
    return TRUE;
  if (!handover_json_read_string (customer, inner, "id", HANDOVER_JSON_OPTIONAL, HANDOVER_LIMIT_EXTERNAL_ID, &id, error) ||
      !handover_json_read_string (customer, inner, "name", HANDOVER_JSON_OPTIONAL, HANDOVER_LIMIT_NAME, &name, error) ||
      !handover_json_read_string (customer, inner, "email", HANDOVER_JSON_OPTIONAL, HANDOVER_LIMIT_NAME, &email, error) ||
      !handover_json_read_string (customer, inner, "phone", HANDOVER_JSON_OPTIONAL, HANDOVER_LIMIT_NAME, &phone, error))
    return FALSE;

  *contact = g_object_new (HANDOVER_TYPE_CUSTOMER, NULL);
  (*contact)->user_id = g_strdup (id);
  (*contact)->name = g_strdup (name);
  (*contact)->email = g_strdup (email);
  (*contact)->phone = g_strdup (phone);
  return TRUE;
}

static gboolean
read_tool_value (JsonObject  *tool,
                 const char  *path,
                 const char  *member,
                 JsonNode   **value,
                 GError     **error)
{
  JsonNode *node = json_object_get_member (tool, member);
  g_autofree char *text = NULL;

  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return TRUE;

  text = json_to_string (node, FALSE);
  if (strlen (text) > HANDOVER_LIMIT_METADATA)
    {
      g_set_error (error, HANDOVER_PROBLEM, HANDOVER_PROBLEM_TOO_LARGE, "%s.%s must be at most %d bytes", path, member,
                   HANDOVER_LIMIT_METADATA);
      return FALSE;
    }

  *value = json_node_copy (node);
  return TRUE;
}

static gboolean
read_tool (JsonObject    *object,
           const char    *path,
           HandoverTool **tool,
           GError       **error)
{
  g_autofree char *inner = path != NULL ? g_strdup_printf ("%s.tool", path) : g_strdup ("tool");
  g_autoptr (HandoverTool) read = NULL;
  JsonObject *told;
  const char *name;
  const char *failure;

  if (!handover_json_read_object (object, path, "tool", HANDOVER_JSON_OPTIONAL, &told, error))
    return FALSE;
  if (told == NULL)
    return TRUE;

  read = g_object_new (HANDOVER_TYPE_TOOL, NULL);
  if (!handover_json_read_string (told, inner, "name", HANDOVER_JSON_NOT_EMPTY, HANDOVER_LIMIT_NAME, &name, error) ||
      !handover_json_read_string (told, inner, "error", HANDOVER_JSON_OPTIONAL, HANDOVER_LIMIT_TEXT, &failure, error) ||
      !read_tool_value (told, inner, "arguments", &read->arguments, error) ||
      !read_tool_value (told, inner, "result", &read->result, error))
    return FALSE;

  read->name = g_strdup (name);
  read->error = g_strdup (failure);
  *tool = g_steal_pointer (&read);
  return TRUE;
}

/* Reads what lines of transcripts and single messages have in common. What a tool did, and what comes with a file, may do
 * without words. */
static gboolean
read_line (JsonObject        *object,
           const char        *path,
           HandoverDeskLine  *line,
           GError           **error)
{
  HandoverJsonFlags words = line->author == HANDOVER_AUTHOR_TOOL ? HANDOVER_JSON_OPTIONAL : HANDOVER_JSON_NOT_EMPTY;

  if (!handover_route_help_read_attachments (object, path, &line->attachments, error))
    return FALSE;
  if (line->attachments != NULL)
    words = HANDOVER_JSON_OPTIONAL;
  if (!handover_json_read_string (object, path, "text", words, HANDOVER_LIMIT_TEXT, &line->text, error) ||
      !handover_json_read_time (object, path, "at", HANDOVER_JSON_OPTIONAL, &line->at, error) ||
      !read_tool (object, path, &line->tool, error))
    return FALSE;

  if (line->text == NULL)
    line->text = "";
  if (line->author == HANDOVER_AUTHOR_TOOL && line->tool == NULL && *line->text == '\0')
    return refuse (error, path != NULL ? path : "tool", "must say which tool was used, or have text");
  return TRUE;
}

static void
clear_line (gpointer data)
{
  HandoverDeskLine *line = data;

  g_clear_object (&line->tool);
  g_clear_pointer (&line->attachments, g_strfreev);
}

static gboolean
read_entry (JsonNode    *node,
            guint        place,
            GArray      *lines,
            GError     **error)
{
  g_autofree char *path = g_strdup_printf ("transcript[%u]", place);
  HandoverDeskLine line = { NULL };
  JsonObject *object;
  int author = HANDOVER_AUTHOR_UNKNOWN;
  gboolean done;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    return refuse (error, path, "must be an object");

  object = json_node_get_object (node);
  if (!handover_json_read_enum (object, path, "author", HANDOVER_JSON_REQUIRED, HANDOVER_TYPE_AUTHOR, &author, error) ||
      !handover_json_read_string (object, path, "id", HANDOVER_JSON_OPTIONAL, HANDOVER_LIMIT_EXTERNAL_ID, &line.id, error))
    return FALSE;
  if (author == HANDOVER_AUTHOR_SYSTEM)
    return refuse (error, path, "must not speak as the service: author is customer, agent, tool or operator");
  if (line.id != NULL && *line.id == '\0')
    line.id = NULL;

  line.author = author;
  done = read_line (object, path, &line, error);
  g_array_append_val (lines, line);
  return done;
}

static gboolean
read_transcript (HandoverAgentCall  *self,
                 JsonObject         *body,
                 GError            **error)
{
  JsonArray *transcript;

  self->lines = g_array_new (FALSE, FALSE, sizeof (HandoverDeskLine));
  g_array_set_clear_func (self->lines, clear_line);
  if (!handover_json_read_array (body, NULL, "transcript", HANDOVER_JSON_OPTIONAL, HANDOVER_LIMIT_TRANSCRIPT, &transcript,
                                 error))
    return FALSE;

  for (guint i = 0; transcript != NULL && i < json_array_get_length (transcript); i++)
    if (!read_entry (json_array_get_element (transcript, i), i, self->lines, error))
      return FALSE;

  self->call.lines = (const HandoverDeskLine *) (gpointer) self->lines->data;
  self->call.n_lines = self->lines->len;
  return TRUE;
}

static gboolean
read_evidence (HandoverAgentCall  *self,
               JsonObject         *body,
               GError            **error)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  JsonArray *evidence;

  if (!handover_json_read_array (body, NULL, "evidence", HANDOVER_JSON_OPTIONAL, EVIDENCE_LIMIT, &evidence, error))
    return FALSE;
  if (evidence == NULL)
    return TRUE;

  for (guint i = 0; i < json_array_get_length (evidence); i++)
    {
      JsonNode *node = json_array_get_element (evidence, i);

      if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
        return refuse (error, "evidence", "must be a list of message ids");
      g_strv_builder_add (builder, json_node_get_string (node));
    }

  self->evidence = g_strv_builder_end (builder);
  self->call.evidence = self->evidence;
  return TRUE;
}

static gboolean
read_metadata (HandoverAgentCall  *self,
               JsonObject         *body,
               GError            **error)
{
  g_autofree char *text = NULL;

  if (!handover_json_read_object (body, NULL, "metadata", HANDOVER_JSON_OPTIONAL, &self->call.metadata, error))
    return FALSE;
  if (self->call.metadata == NULL)
    return TRUE;

  text = json_to_string (json_object_get_member (body, "metadata"), FALSE);
  if (strlen (text) <= HANDOVER_LIMIT_METADATA)
    return TRUE;

  g_set_error (error, HANDOVER_PROBLEM, HANDOVER_PROBLEM_TOO_LARGE, "metadata must be at most %d bytes",
               HANDOVER_LIMIT_METADATA);
  return FALSE;
}

static gboolean
read_reason (HandoverAgentCall  *self,
             JsonObject         *body,
             GError            **error)
{
  int trigger = HANDOVER_TRIGGER_UNKNOWN;
  int priority = HANDOVER_PRIORITY_UNKNOWN;

  self->call.confidence = -1;
  if (!handover_json_read_string (body, NULL, "summary", HANDOVER_JSON_NOT_EMPTY, HANDOVER_LIMIT_TEXT, &self->call.summary,
                                  error) ||
      !handover_json_read_enum (body, NULL, "trigger", HANDOVER_JSON_REQUIRED, HANDOVER_TYPE_TRIGGER, &trigger, error) ||
      !handover_json_read_fraction (body, NULL, "confidence", HANDOVER_JSON_OPTIONAL, &self->call.confidence, error) ||
      !handover_json_read_string (body, NULL, "sentiment", HANDOVER_JSON_OPTIONAL, HANDOVER_LIMIT_NAME,
                                  &self->call.sentiment, error) ||
      !handover_json_read_enum (body, NULL, "priority", HANDOVER_JSON_OPTIONAL, HANDOVER_TYPE_PRIORITY, &priority, error))
    return FALSE;
  if (trigger == HANDOVER_TRIGGER_OPERATOR_TAKEOVER || trigger == HANDOVER_TRIGGER_CUSTOMER_RETURNED)
    return refuse (error, "trigger", "is one that only the service itself gives");

  self->call.trigger = trigger;
  self->call.priority = priority;
  return TRUE;
}

static gboolean
read_place (HandoverAgentCall  *self,
            JsonObject         *place,
            const char         *path,
            const char         *external_id,
            GError            **error)
{
  int channel = HANDOVER_CHANNEL_KIND_API;

  self->call.external_id = external_id;
  if (external_id == NULL &&
      !handover_json_read_string (place, path, "external_id", HANDOVER_JSON_NOT_EMPTY, HANDOVER_LIMIT_EXTERNAL_ID,
                                  &self->call.external_id, error))
    return FALSE;
  if (!handover_json_read_enum (place, path, "channel", HANDOVER_JSON_OPTIONAL, HANDOVER_TYPE_CHANNEL_KIND, &channel, error) ||
      !read_contact (place, path, &self->contact, error))
    return FALSE;

  self->call.channel = channel;
  self->call.contact = self->contact;
  return TRUE;
}

/**
 * handover_agent_call_read:
 * @self: (out caller-allocates): the call
 * @body: where the call's members are
 * @place: where the conversation's members are
 * @path: (nullable): where @place stands in the body
 * @external_id: (nullable): which conversation, if that is known without @place
 * @error: return location for an error
 *
 * Reads a call for a person.
 *
 * Returns: whether it can be understood
 */
gboolean
handover_agent_call_read (HandoverAgentCall  *self,
                          JsonObject         *body,
                          JsonObject         *place,
                          const char         *path,
                          const char         *external_id,
                          GError            **error)
{
  return read_place (self, place, path, external_id, error) && read_reason (self, body, error) &&
         read_metadata (self, body, error) && read_evidence (self, body, error) && read_transcript (self, body, error);
}

/**
 * handover_agent_call_clear:
 * @self: a call
 *
 * Frees what a call holds.
 */
void
handover_agent_call_clear (HandoverAgentCall *self)
{
  g_clear_object (&self->contact);
  g_clear_pointer (&self->lines, g_array_unref);
  g_clear_pointer (&self->evidence, g_strfreev);
}

static gboolean
read_reply_to (JsonObject        *body,
               HandoverDeskLine  *line,
               GError           **error)
{
  if (!handover_json_read_string (body, NULL, "reply_to", HANDOVER_JSON_OPTIONAL, HANDOVER_LIMIT_NAME, &line->reply_to, error))
    return FALSE;

  /* Models fill in what they could leave out. */
  if (line->reply_to != NULL && *line->reply_to == '\0')
    line->reply_to = NULL;
  return line->reply_to == NULL || line->author != HANDOVER_AUTHOR_TOOL ||
         refuse (error, "reply_to", "must be left out: a tool answers nobody");
}

/**
 * handover_agent_line_read:
 * @self: (out caller-allocates): the line
 * @body: where its members are
 * @author: who speaks where the body does not say, or UNKNOWN if it must
 * @error: return location for an error
 *
 * Reads one message.
 *
 * Returns: whether it can be understood
 */
gboolean
handover_agent_line_read (HandoverAgentLine  *self,
                          JsonObject         *body,
                          HandoverAuthor      author,
                          GError            **error)
{
  HandoverJsonFlags needed = author == HANDOVER_AUTHOR_UNKNOWN ? HANDOVER_JSON_REQUIRED : HANDOVER_JSON_OPTIONAL;
  int told = author;

  if (!handover_json_read_enum (body, NULL, "author", needed, HANDOVER_TYPE_AUTHOR, &told, error))
    return FALSE;
  if (told != HANDOVER_AUTHOR_CUSTOMER && told != HANDOVER_AUTHOR_AGENT && told != HANDOVER_AUTHOR_TOOL)
    return refuse (error, "author", "must be customer, agent or tool");

  self->line.author = told;
  return handover_json_read_integer (body, NULL, "epoch", HANDOVER_JSON_OPTIONAL, 1, G_MAXINT64, &self->line.epoch, error) &&
         read_contact (body, NULL, &self->contact, error) && read_line (body, NULL, &self->line, error) &&
         read_reply_to (body, &self->line, error);
}

/**
 * handover_agent_line_clear:
 * @self: a line
 *
 * Frees what a line holds.
 */
void
handover_agent_line_clear (HandoverAgentLine *self)
{
  clear_line (&self->line);
  g_clear_object (&self->contact);
}

/**
 * handover_agent_terms_read_after:
 * @after: (nullable): what the agent passed
 * @position: (out): the position after which it wants to read
 * @error: return location for an error
 *
 * Reads where an agent wants to go on.
 *
 * Returns: whether it is one of our marks
 */
gboolean
handover_agent_terms_read_after (const char  *after,
                                 gint64      *position,
                                 GError     **error)
{
  *position = 0;
  if (after == NULL || *after == '\0' || g_ascii_string_to_signed (after, 10, 0, G_MAXINT64, position, NULL))
    return TRUE;

  g_set_error_literal (error, HANDOVER_PROBLEM, HANDOVER_PROBLEM_INVALID_REQUEST,
                       "“after” must be a next_after that this service gave; leave it out to read from the start.");
  return FALSE;
}
