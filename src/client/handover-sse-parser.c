/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "config.h"

#include "client/handover-sse-parser.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "core/handover-problem.h"

/* Far above any event of the service; it only keeps a broken peer from filling the memory. */
#define MAXIMUM_LENGTH (16 * 1024 * 1024)

#define BYTE_ORDER_MARK "\xef\xbb\xbf"

struct _HandoverSseParser
{
  HandoverSseFunc func;
  gpointer user_data;

  GString *line;
  GString *data;
  char *id;
  char *kind;
  gint64 retry;

  gboolean first_line;
  gboolean after_return;
  gboolean has_data;
};

static void
dispatch (HandoverSseParser *self)
{
  if (self->has_data)
    {
      g_autofree char *data = g_utf8_make_valid (self->data->str, self->data->len);
      HandoverSseEvent event = {
        .id = self->id,
        .kind = self->kind != NULL ? self->kind : "message",
        .data = data,
      };

      self->func (&event, self->user_data);
    }

  g_string_truncate (self->data, 0);
  g_clear_pointer (&self->kind, g_free);
  self->has_data = FALSE;
}

static void
take_retry (HandoverSseParser *self,
            const char        *value)
{
  guint64 retry;

  if (g_ascii_string_to_unsigned (value, 10, 0, G_MAXINT32, &retry, NULL))
    self->retry = retry;
}

static void
take_field (HandoverSseParser *self,
            const char        *name,
            const char        *value)
{
  if (g_str_equal (name, "data"))
    {
      if (self->has_data)
        g_string_append_c (self->data, '\n');
      g_string_append (self->data, value);
      self->has_data = TRUE;
    }
  else if (g_str_equal (name, "event"))
    {
      g_free (self->kind);
      self->kind = *value != '\0' ? g_utf8_make_valid (value, -1) : NULL;
    }
  else if (g_str_equal (name, "id"))
    {
      g_free (self->id);
      self->id = g_utf8_make_valid (value, -1);
    }
  else if (g_str_equal (name, "retry"))
    {
      take_retry (self, value);
    }
}

static void
take_line (HandoverSseParser *self)
{
  char *line = self->line->str;
  char *colon;

  /* A line that holds a NUL cannot be a field of ours; the format says to ignore such an id. */
  if (strlen (line) != self->line->len)
    return;

  if (self->first_line && g_str_has_prefix (line, BYTE_ORDER_MARK))
    line += strlen (BYTE_ORDER_MARK);
  self->first_line = FALSE;

  if (*line == '\0')
    {
      dispatch (self);
      return;
    }

  colon = strchr (line, ':');
  if (colon == line)
    return;

  if (colon == NULL)
    {
      take_field (self, line, "");
      return;
    }

  *colon = '\0';
  take_field (self, line, colon[1] == ' ' ? colon + 2 : colon + 1);
}

/**
 * handover_sse_parser_new:
 * @func: what takes the events
 * @user_data: data for @func
 *
 * Makes a parser of Server-Sent Events. It does no input of its own and may be fed in pieces of any size.
 *
 * Returns: (transfer full): the parser
 */
HandoverSseParser *
handover_sse_parser_new (HandoverSseFunc func,
                         gpointer        user_data)
{
  HandoverSseParser *self = g_new0 (HandoverSseParser, 1);

  self->func = func;
  self->user_data = user_data;
  self->line = g_string_new (NULL);
  self->data = g_string_new (NULL);
  self->retry = -1;
  self->first_line = TRUE;

  return self;
}

/**
 * handover_sse_parser_free:
 * @self: (transfer full): a parser
 *
 * Frees a parser; what it holds of an unfinished event is dropped, as the format wants it.
 */
void
handover_sse_parser_free (HandoverSseParser *self)
{
  g_string_free (self->line, TRUE);
  g_string_free (self->data, TRUE);
  g_free (self->id);
  g_free (self->kind);
  g_free (self);
}

/**
 * handover_sse_parser_feed:
 * @self: a parser
 * @bytes: (array length=length): what has arrived
 * @length: its length
 * @error: return location for a %HANDOVER_PROBLEM error
 *
 * Takes what has arrived, and calls back for each event that it completes.
 *
 * Returns: %FALSE if the stream holds a line or an event that is too long to be true
 */
gboolean
handover_sse_parser_feed (HandoverSseParser  *self,
                          const char         *bytes,
                          gsize               length,
                          GError            **error)
{
  for (gsize i = 0; i < length; i++)
    {
      char byte = bytes[i];
      gboolean second_half = byte == '\n' && self->after_return;

      self->after_return = byte == '\r';
      if (second_half)
        continue;

      if (byte == '\n' || byte == '\r')
        {
          take_line (self);
          g_string_truncate (self->line, 0);
        }
      else
        {
          g_string_append_c (self->line, byte);
        }

      if (self->line->len + self->data->len > MAXIMUM_LENGTH)
        {
          g_set_error_literal (error, HANDOVER_PROBLEM, HANDOVER_PROBLEM_UNEXPECTED_ANSWER,
                               _("The service sent an event that is too long."));
          return FALSE;
        }
    }

  return TRUE;
}

/**
 * handover_sse_parser_get_retry:
 * @self: a parser
 *
 * Gets how long the stream asks to wait before connecting again.
 *
 * Returns: milliseconds, or -1 if it never said
 */
gint64
handover_sse_parser_get_retry (HandoverSseParser *self)
{
  return self->retry;
}
