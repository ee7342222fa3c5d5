/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include <gio/gio.h>

#include "service/http/handover-principal.h"
#include "service/http/handover-request.h"
#include "service/http/handover-response.h"

G_BEGIN_DECLS

typedef struct _HandoverStore HandoverStore;

/**
 * HandoverAccess:
 * @HANDOVER_ACCESS_PUBLIC: anybody
 * @HANDOVER_ACCESS_OPERATOR: any operator of the business
 * @HANDOVER_ACCESS_ADMIN: its admins and owners
 * @HANDOVER_ACCESS_OWNER: its owners
 * @HANDOVER_ACCESS_AGENT: an agent's key
 *
 * Who may use a route. The pipeline checks it; handlers never do.
 */
typedef enum
{
  HANDOVER_ACCESS_PUBLIC,
  HANDOVER_ACCESS_OPERATOR,
  HANDOVER_ACCESS_ADMIN,
  HANDOVER_ACCESS_OWNER,
  HANDOVER_ACCESS_AGENT,
} HandoverAccess;

/**
 * HandoverRouteFlags:
 * @HANDOVER_ROUTE_READ: runs on a reader, in one snapshot
 * @HANDOVER_ROUTE_WRITE: runs on the writer, in one transaction
 * @HANDOVER_ROUTE_RAW_BODY: the handler reads the body's bytes itself
 * @HANDOVER_ROUTE_UPLOAD: the body is a file, which is stored as it comes; the handler finds its
 *   #HandoverAttachmentWriter prepared, and @lookup, which runs before the first byte is read, prepares the name
 * @HANDOVER_ROUTE_OWN_KEY: the handler deals with the `Idempotency-Key` itself; on other writes the pipeline does
 *
 * How a route is run. A handler of a %HANDOVER_ROUTE_WRITE route that returns %FALSE is rolled back; to answer
 * with a problem and still keep what was written, use handover_response_set_problem() and return %TRUE.
 */
typedef enum
{
  HANDOVER_ROUTE_READ = 0,
  HANDOVER_ROUTE_WRITE = 1 << 0,
  HANDOVER_ROUTE_RAW_BODY = 1 << 1,
  HANDOVER_ROUTE_OWN_KEY = 1 << 2,
  HANDOVER_ROUTE_UPLOAD = 1 << 3 | HANDOVER_ROUTE_RAW_BODY | HANDOVER_ROUTE_WRITE,
} HandoverRouteFlags;

/**
 * HandoverRouteHandler:
 * @store: the store of the handle that the job runs on
 * @principal: who asks; holds the business that every query names
 * @request: what is asked
 * @response: to be filled
 * @error: return location for a #HANDOVER_PROBLEM error, or any other, which is answered as `internal`
 *
 * Answers one request. It runs on a worker's thread, inside a transaction, and may block.
 *
 * Returns: %TRUE to commit and answer @response, %FALSE with @error to roll back and answer that
 */
typedef gboolean (*HandoverRouteHandler) (HandoverStore           *store,
                                          const HandoverPrincipal *principal,
                                          HandoverRequest         *request,
                                          HandoverResponse        *response,
                                          GError                 **error);

/**
 * HandoverRoutePrepare:
 * @request: what is asked
 * @error: return location for an error
 *
 * Does slow work that needs no database, such as deriving a password's hash, on a pool of its own.
 *
 * Returns: whether to go on
 */
typedef gboolean (*HandoverRoutePrepare) (HandoverRequest *request,
                                          GError         **error);

/**
 * HandoverRouteAsk:
 * @request: what is asked
 * @callback: called with a #GTask that holds a boolean, or an error to answer
 * @user_data: for @callback
 *
 * Asks somebody else on the network, such as a platform whether it knows a token. It begins on the main loop, never
 * blocks, and ends within seconds.
 */
typedef void (*HandoverRouteAsk) (HandoverRequest     *request,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data);

/**
 * HandoverRoute:
 * @method: the method
 * @pattern: the path, whose `{name}` segments become parameters
 * @access: who may
 * @flags: how it is run
 * @handler: answers
 * @lookup: (nullable): a read that runs first, in a transaction of its own
 * @prepare: (nullable): slow work that runs after @lookup and before @handler
 * @ask: (nullable): what somebody else is asked after @lookup and before @handler, in place of @prepare
 *
 * One line of a table of routes; a table ends with an empty line.
 */
typedef struct
{
  const char *method;
  const char *pattern;
  HandoverAccess access;
  HandoverRouteFlags flags;
  HandoverRouteHandler handler;
  HandoverRouteHandler lookup;
  HandoverRoutePrepare prepare;
  HandoverRouteAsk ask;
} HandoverRoute;

G_END_DECLS
