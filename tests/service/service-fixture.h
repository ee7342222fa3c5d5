/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include <libsoup/soup.h>

#include <json-glib/json-glib.h>

#include "service/handover-service.h"

G_BEGIN_DECLS

#define PASSWORD "correct horse battery"

/**
 * ServiceFixture:
 * @service: a real service in this process
 * @session: a client of it
 * @uri: where it listens
 * @folder: its data folder
 * @token: the owner's session
 * @status: the status of the last call
 * @headers: the headers of the last call's answer
 *
 * A service on a free port with a signed-up owner.
 */
typedef struct
{
  HandoverService *service;
  HandoverConfig *config;
  SoupSession *session;
  char *uri;
  char *folder;
  char *token;
  guint status;
  SoupMessageHeaders *headers;
} ServiceFixture;

void      service_fixture_set_up    (ServiceFixture *self,
                                     gconstpointer   tls);
void      service_fixture_tear_down (ServiceFixture *self,
                                     gconstpointer   tls);
void      service_fixture_spin      (gboolean       *done);
JsonNode *service_fixture_call      (ServiceFixture *self,
                                     const char     *method,
                                     const char     *path,
                                     const char     *token,
                                     const char     *key,
                                     const char     *body);
GIOStream *service_fixture_connect  (ServiceFixture *self);
void      service_fixture_write     (GIOStream      *connection,
                                     const char     *text);
gboolean  service_fixture_read      (GIOStream      *connection,
                                     GString        *text,
                                     const char     *wanted);
GIOStream *service_fixture_stream   (ServiceFixture *self,
                                     const char     *token,
                                     const char     *path);

G_END_DECLS
