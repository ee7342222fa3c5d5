/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "service/store/handover-store-operators.h"

#include <sodium.h>
#include <string.h>

#include "core/handover-enum-types.h"
#include "core/handover-enums.h"
#include "core/handover-problem.h"
#include "core/handover-time.h"
#include "service/store/handover-store-rows.h"

/* What an address is looked up by, so that one person is not two by a capital letter. */
static char *
make_email_key (const char *email)
{
  g_autofree char *trimmed = g_strstrip (g_strdup (email));

  return g_utf8_casefold (trimmed, -1);
}

static void
wipe (char *secret)
{
  if (secret != NULL)
    sodium_memzero (secret, strlen (secret));
  g_free (secret);
}

/**
 * handover_credentials_free:
 * @self: (transfer full): credentials
 *
 * Wipes and frees credentials.
 */
void
handover_credentials_free (HandoverCredentials *self)
{
  g_free (self->business_id);
  g_free (self->operator_id);
  wipe (self->password_hash);
  g_free (self);
}

static gpointer
read_operator (HandoverStatement *row)
{
  HandoverOperator *operator = g_object_new (HANDOVER_TYPE_OPERATOR, NULL);

  operator->id = handover_statement_dup_text (row, 0);
  operator->name = handover_statement_dup_text (row, 1);
  operator->email = handover_statement_dup_text (row, 2);
  operator->role = handover_enum_from_nick (HANDOVER_TYPE_ROLE, handover_statement_get_text (row, 3));
  operator->presence = handover_enum_from_nick (HANDOVER_TYPE_PRESENCE, handover_statement_get_text (row, 4));
  operator->active = handover_statement_get_int (row, 5) != 0;

  return operator;
}

/**
 * handover_store_get_operator:
 * @self: a store
 * @business_id: the business
 * @operator_id: the operator
 * @error: return location for an error
 *
 * Gets an operator of a business.
 *
 * Returns: (transfer full) (nullable): the operator
 */
HandoverOperator *
handover_store_get_operator (HandoverStore  *self,
                             const char     *business_id,
                             const char     *operator_id,
                             GError        **error)
{
  return handover_store_read_one (self, read_operator, "operator", error, "operator.by_id", "tt", business_id, operator_id);
}

/**
 * handover_store_list_operators:
 * @self: a store
 * @business_id: the business
 * @error: return location for an error
 *
 * Lists the operators of a business, the first to join first.
 *
 * Returns: (transfer full) (element-type HandoverOperator) (nullable): the operators
 */
GPtrArray *
handover_store_list_operators (HandoverStore  *self,
                               const char     *business_id,
                               GError        **error)
{
  return handover_store_read_all (self, read_operator, g_object_unref, error, "operator.list", "t", business_id);
}

/**
 * handover_store_find_credentials:
 * @self: a store
 * @email: an address, however it is written
 * @credentials: (out) (nullable): what is known of the operator who has it; %NULL for nobody
 * @error: return location for an error
 *
 * Looks up who signs in. It is the one query that names no business, for nobody is signed in yet.
 *
 * Returns: whether it could look
 */
gboolean
handover_store_find_credentials (HandoverStore        *self,
                                 const char           *email,
                                 HandoverCredentials **credentials,
                                 GError              **error)
{
  g_autofree char *key = make_email_key (email);
  HandoverStatement *row;

  *credentials = NULL;
  if (!handover_store_look_up (self, &row, error, "operator.credentials_by_email", "t", key))
    return FALSE;
  if (row == NULL)
    return TRUE;

  *credentials = g_new0 (HandoverCredentials, 1);
  (*credentials)->business_id = handover_statement_dup_text (row, 0);
  (*credentials)->operator_id = handover_statement_dup_text (row, 1);
  (*credentials)->password_hash = handover_statement_dup_text (row, 2);
  (*credentials)->active = handover_statement_get_int (row, 3) != 0;
  handover_statement_reset (row);

  return TRUE;
}

/**
 * handover_store_get_password:
 * @self: a store
 * @business_id: the business
 * @operator_id: the operator
 * @error: return location for an error
 *
 * Gets the hash of an operator's password.
 *
 * Returns: (transfer full) (nullable): the hash
 */
char *
handover_store_get_password (HandoverStore  *self,
                             const char     *business_id,
                             const char     *operator_id,
                             GError        **error)
{
  return handover_store_read_one (self, handover_store_read_id, "operator", error, "operator.password", "tt", business_id,
                                  operator_id);
}

/**
 * handover_store_has_other_owner:
 * @self: a store
 * @business_id: the business
 * @operator_id: an owner
 * @has: (out): whether there is an active owner besides @operator_id
 * @error: return location for an error
 *
 * Tells whether a business can do without an owner.
 *
 * Returns: whether it could look
 */
gboolean
handover_store_has_other_owner (HandoverStore  *self,
                                const char     *business_id,
                                const char     *operator_id,
                                gboolean       *has,
                                GError        **error)
{
  HandoverStatement *row;

  if (!handover_store_look_up (self, &row, error, "operator.count_other_owners", "tt", business_id, operator_id))
    return FALSE;

  *has = row != NULL && handover_statement_get_int (row, 0) > 0;
  if (row != NULL)
    handover_statement_reset (row);
  return TRUE;
}

/* The schema's only unique column that a person chooses is the address. */
static gboolean
explain_email (gboolean   done,
               GError   **error)
{
  if (done || error == NULL || !g_error_matches (*error, HANDOVER_DATABASE_ERROR, HANDOVER_DATABASE_ERROR_EXISTS))
    return done;

  g_clear_error (error);
  g_set_error_literal (error, HANDOVER_PROBLEM, HANDOVER_PROBLEM_EMAIL_TAKEN,
                       "Somebody signs in with this email address already. Sign in, or use another.");
  return FALSE;
}

/**
 * handover_store_add_operator:
 * @self: the writer's store
 * @business_id: the business
 * @operator: a new operator
 * @password_hash: the hash of the password
 * @error: return location for an error, also #HANDOVER_PROBLEM_EMAIL_TAKEN
 *
 * Stores a new operator and logs it.
 *
 * Returns: whether it was stored
 */
gboolean
handover_store_add_operator (HandoverStore     *self,
                             const char        *business_id,
                             HandoverOperator  *operator,
                             const char        *password_hash,
                             GError           **error)
{
  g_autofree char *key = make_email_key (operator->email);
  gboolean done = handover_database_run (handover_store_get_database (self), "operator.insert", error, "ttttttttii",
                                         operator->id, business_id, operator->name, operator->email, key,
                                         password_hash, handover_enum_to_nick (HANDOVER_TYPE_ROLE, operator->role),
                                         handover_enum_to_nick (HANDOVER_TYPE_PRESENCE, operator->presence),
                                         (gint64) operator->active, handover_time_now ());

  return explain_email (done, error) &&
         handover_store_append_event (self, business_id, "operator.created", HANDOVER_RECORD (operator), NULL, error);
}

/**
 * handover_store_update_operator:
 * @self: the writer's store
 * @business_id: the business
 * @operator: an operator whose name, role, presence or being active was changed
 * @error: return location for an error
 *
 * Stores a changed operator and logs it.
 *
 * Returns: whether it was stored
 */
gboolean
handover_store_update_operator (HandoverStore     *self,
                                const char        *business_id,
                                HandoverOperator  *operator,
                                GError           **error)
{
  return handover_database_run (handover_store_get_database (self), "operator.update", error, "ttttti",
                                business_id, operator->id, operator->name,
                                handover_enum_to_nick (HANDOVER_TYPE_ROLE, operator->role),
                                handover_enum_to_nick (HANDOVER_TYPE_PRESENCE, operator->presence),
                                (gint64) operator->active) &&
         handover_store_append_event (self, business_id, "operator.updated", HANDOVER_RECORD (operator), NULL, error);
}

/**
 * handover_store_set_operator_password:
 * @self: the writer's store
 * @business_id: the business
 * @operator_id: the operator
 * @password_hash: the hash of the new password
 * @error: return location for an error
 *
 * Stores a new password. The log does not tell.
 *
 * Returns: whether it was stored
 */
gboolean
handover_store_set_operator_password (HandoverStore  *self,
                                      const char     *business_id,
                                      const char     *operator_id,
                                      const char     *password_hash,
                                      GError        **error)
{
  return handover_database_run (handover_store_get_database (self), "operator.set_password", error, "ttt",
                                business_id, operator_id, password_hash);
}
