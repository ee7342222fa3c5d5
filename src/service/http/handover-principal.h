/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include <glib.h>

#include "core/handover-enums.h"

G_BEGIN_DECLS

/**
 * HandoverPrincipalKind:
 * @HANDOVER_PRINCIPAL_NONE: nobody signed in; only public routes see it
 * @HANDOVER_PRINCIPAL_OPERATOR: a person with a session token
 * @HANDOVER_PRINCIPAL_AGENT: an AI agent with a key
 *
 * Who makes a request.
 */
typedef enum
{
  HANDOVER_PRINCIPAL_NONE,
  HANDOVER_PRINCIPAL_OPERATOR,
  HANDOVER_PRINCIPAL_AGENT,
} HandoverPrincipalKind;

/**
 * HandoverPrincipal:
 * @kind: what it is
 * @business_id: (nullable): the business that every query of this request is held to
 * @id: (nullable): the operator's or agent's id
 * @name: (nullable): the operator's or agent's name, as it was when the request began
 * @credential_id: (nullable): the session's or key's id
 * @role: the operator's role; unknown for an agent
 * @disabled: whether the agent is switched off, and so may not speak
 * @stale: whether the time of last use that is stored is old enough to be written anew
 *
 * Who makes a request, as the pipeline found out inside the request's own transaction.
 */
typedef struct
{
  HandoverPrincipalKind kind;
  char *business_id;
  char *id;
  char *name;
  char *credential_id;
  HandoverRole role;
  gboolean disabled;
  gboolean stale;
} HandoverPrincipal;

void handover_principal_clear (HandoverPrincipal *self);

G_END_DECLS
