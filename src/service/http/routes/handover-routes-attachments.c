/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "service/http/routes/handover-routes-desk.h"

#include <libsoup/soup.h>

#include "core/handover-file-name.h"
#include "service/http/routes/handover-byte-range.h"
#include "service/http/routes/handover-route-help.h"
#include "service/store/handover-attachment-writer.h"

/* A file never changes, and is nobody's but the caller's. */
#define CACHE_CONTROL "private, max-age=86400, immutable"

/* The name comes as files' names do elsewhere; whoever has none may leave it out. */
static gboolean
read_name (HandoverStore            *store,
           const HandoverPrincipal  *principal,
           HandoverRequest          *request,
           HandoverResponse         *response,
           GError                  **error)
{
  const char *header = handover_request_get_header (request, "content-disposition");
  GHashTable *parameters = header != NULL ? soup_header_parse_semi_param_list (header) : NULL;

  if (parameters == NULL)
    return TRUE;

  handover_request_set_prepared (request, handover_file_name_clean (g_hash_table_lookup (parameters, "filename")), g_free);
  soup_header_free_param_list (parameters);
  return TRUE;
}

static gboolean
post_attachment (HandoverStore            *store,
                 const HandoverPrincipal  *principal,
                 HandoverRequest          *request,
                 HandoverResponse         *response,
                 GError                  **error)
{
  g_autoptr (HandoverAttachment) attachment = handover_attachment_writer_finish (request->prepared, store, error);

  return handover_route_help_answer_record (response, 201, attachment);
}

static gboolean
answer_file (HandoverRequest    *request,
             HandoverResponse   *response,
             HandoverAttachment *attachment)
{
  g_autofree char *disposition = NULL;
  gint64 offset = 0;
  gint64 length;
  gboolean part;

  if (attachment == NULL)
    return FALSE;

  length = attachment->size;
  part = handover_byte_range_read (handover_request_get_header (request, "range"), attachment->size, &offset, &length);
  if (part)
    {
      g_autofree char *range = g_strdup_printf ("bytes %" G_GINT64_FORMAT "-%" G_GINT64_FORMAT "/%" G_GINT64_FORMAT,
                                                offset, offset + length - 1, attachment->size);

      handover_response_set_header (response, "Content-Range", range);
    }

  disposition = handover_file_name_to_disposition (attachment->name);
  handover_response_set_file (response, part ? 206 : 200, attachment->id, offset, length);
  handover_response_set_header (response, "Content-Type", attachment->type);
  handover_response_set_header (response, "Content-Disposition", disposition);
  handover_response_set_header (response, "Content-Security-Policy", "sandbox; default-src 'none'");
  handover_response_set_header (response, "Accept-Ranges", "bytes");
  handover_response_set_header (response, "Cache-Control", CACHE_CONTROL);
  return TRUE;
}

static gboolean
get_for_operator (HandoverStore            *store,
                  const HandoverPrincipal  *principal,
                  HandoverRequest          *request,
                  HandoverResponse         *response,
                  GError                  **error)
{
  g_autoptr (HandoverAttachment) attachment =
    handover_store_get_attachment_for_operator (store, principal->business_id,
                                                handover_request_get_parameter (request, "id"), principal->id, error);

  return answer_file (request, response, attachment);
}

static gboolean
get_for_agent (HandoverStore            *store,
               const HandoverPrincipal  *principal,
               HandoverRequest          *request,
               HandoverResponse         *response,
               GError                  **error)
{
  g_autoptr (HandoverAttachment) attachment =
    handover_store_get_attachment_for_agent (store, principal->business_id,
                                             handover_request_get_parameter (request, "id"), principal->id, error);

  return answer_file (request, response, attachment);
}

const HandoverRoute handover_routes_attachments[] = {
  { "POST", "/v1/attachments", HANDOVER_ACCESS_OPERATOR, HANDOVER_ROUTE_UPLOAD, post_attachment, read_name },
  { "GET", "/v1/attachments/{id}", HANDOVER_ACCESS_OPERATOR, HANDOVER_ROUTE_READ, get_for_operator },
  { "POST", "/agent/v1/attachments", HANDOVER_ACCESS_AGENT, HANDOVER_ROUTE_UPLOAD, post_attachment, read_name },
  { "GET", "/agent/v1/attachments/{id}", HANDOVER_ACCESS_AGENT, HANDOVER_ROUTE_READ, get_for_agent },
  { NULL },
};
