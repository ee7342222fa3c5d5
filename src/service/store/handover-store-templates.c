/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "service/store/handover-store-templates.h"

#include "core/handover-enums.h"
#include "core/handover-problem.h"
#include "core/handover-time.h"
#include "service/store/handover-store-rows.h"

/* The columns of the statements that read templates. */
enum
{
  ID,
  NAME,
  SHORTCUT,
  TEXT,
  OPERATOR_ID,
};

static gpointer
read_template (HandoverStatement *row)
{
  HandoverTemplate *self = g_object_new (HANDOVER_TYPE_TEMPLATE, NULL);

  self->id = handover_statement_dup_text (row, ID);
  self->name = handover_statement_dup_text (row, NAME);
  self->shortcut = handover_statement_dup_text (row, SHORTCUT);
  self->text = handover_statement_dup_text (row, TEXT);
  self->scope = handover_statement_is_null (row, OPERATOR_ID) ? HANDOVER_TEMPLATE_SCOPE_BUSINESS
                                                              : HANDOVER_TEMPLATE_SCOPE_PERSONAL;
  return self;
}

/* A business's own templates belong to nobody. */
static const char *
get_owner (HandoverTemplate *template,
           const char       *operator_id)
{
  return template->scope == HANDOVER_TEMPLATE_SCOPE_PERSONAL ? operator_id : NULL;
}

/**
 * handover_store_get_template:
 * @self: a store
 * @business_id: whose
 * @operator_id: who asks; another's personal template is not found
 * @id: its id
 * @error: return location for an error
 *
 * Gets one template.
 *
 * Returns: (transfer full): the template, or %NULL with @error set
 */
HandoverTemplate *
handover_store_get_template (HandoverStore  *self,
                             const char     *business_id,
                             const char     *operator_id,
                             const char     *id,
                             GError        **error)
{
  return handover_store_read_one (self, read_template, "template", error, "template.by_id", "ttt", business_id, id,
                                  operator_id);
}

/* A name may hold anything, so the cursor is the last item's id, and the name is read from its row. */
static gboolean
read_start (HandoverStore  *self,
            const char     *business_id,
            const char     *operator_id,
            const char     *cursor,
            char          **name,
            GError        **error)
{
  g_autoptr (HandoverTemplate) last = NULL;

  if (cursor == NULL)
    {
      *name = g_strdup ("");
      return TRUE;
    }

  last = handover_store_get_template (self, business_id, operator_id, cursor, NULL);
  if (last == NULL)
    {
      g_set_error_literal (error, HANDOVER_PROBLEM, HANDOVER_PROBLEM_INVALID_REQUEST,
                           "The cursor points at a template that is gone; leave it out to start at the first item.");
      return FALSE;
    }

  *name = g_strdup (last->name);
  return TRUE;
}

/**
 * handover_store_list_templates:
 * @self: a store
 * @business_id: whose
 * @operator_id: who asks
 * @cursor: (nullable): where to go on, or %NULL to start
 * @limit: how many at most
 * @next_cursor: (out) (transfer full) (nullable): where the next page starts; %NULL at the end
 * @error: return location for an error
 *
 * Lists the business's templates and the asking operator's own, by name.
 *
 * Returns: (transfer full) (element-type HandoverTemplate): the page, or %NULL with @error set
 */
GPtrArray *
handover_store_list_templates (HandoverStore  *self,
                               const char     *business_id,
                               const char     *operator_id,
                               const char     *cursor,
                               guint           limit,
                               char          **next_cursor,
                               GError        **error)
{
  g_autofree char *name = NULL;
  GPtrArray *page;

  *next_cursor = NULL;
  if (!read_start (self, business_id, operator_id, cursor, &name, error))
    return NULL;

  page = handover_store_read_all (self, read_template, g_object_unref, error, "template.list", "tttti", business_id,
                                  operator_id, name, cursor != NULL ? cursor : "", (gint64) limit + 1);
  if (page != NULL && handover_store_end_page (page, limit))
    *next_cursor = g_strdup (((HandoverTemplate *) g_ptr_array_index (page, limit - 1))->id);
  return page;
}

/**
 * handover_store_insert_template:
 * @self: the writer's store
 * @business_id: whose
 * @operator_id: who makes it, and owns it if it is personal
 * @template: a new template
 * @error: return location for an error
 *
 * Stores a template.
 *
 * Returns: whether it was stored
 */
gboolean
handover_store_insert_template (HandoverStore     *self,
                                const char        *business_id,
                                const char        *operator_id,
                                HandoverTemplate  *template,
                                GError           **error)
{
  return handover_database_run (handover_store_get_database (self), "template.insert", error, "tttttti",
                                template->id, business_id, get_owner (template, operator_id), template->name,
                                template->shortcut, template->text, handover_time_now ());
}

/**
 * handover_store_save_template:
 * @self: the writer's store
 * @business_id: whose
 * @operator_id: who changes it, and owns it if it is personal
 * @template: the template as it is now
 * @error: return location for an error
 *
 * Writes what can change in a template.
 *
 * Returns: whether it was written
 */
gboolean
handover_store_save_template (HandoverStore     *self,
                              const char        *business_id,
                              const char        *operator_id,
                              HandoverTemplate  *template,
                              GError           **error)
{
  return handover_database_run (handover_store_get_database (self), "template.save", error, "tttttti",
                                business_id, template->id, get_owner (template, operator_id), template->name,
                                template->shortcut, template->text, handover_time_now ());
}

/**
 * handover_store_delete_template:
 * @self: the writer's store
 * @business_id: whose
 * @id: its id
 * @error: return location for an error
 *
 * Deletes a template.
 *
 * Returns: whether it was deleted
 */
gboolean
handover_store_delete_template (HandoverStore  *self,
                                const char     *business_id,
                                const char     *id,
                                GError        **error)
{
  return handover_database_run (handover_store_get_database (self), "template.delete", error, "tt", business_id, id);
}
