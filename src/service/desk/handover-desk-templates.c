/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "service/desk/handover-desk-templates.h"

#include "service/store/handover-store-templates.h"

static void
adopt (HandoverTemplate           *template,
       const HandoverDeskTemplate *told)
{
  if (told->name != NULL)
    g_set_str (&template->name, told->name);
  if (told->shortcut != NULL)
    g_set_str (&template->shortcut, *told->shortcut != '\0' ? told->shortcut : NULL);
  if (told->text != NULL)
    g_set_str (&template->text, told->text);
  if (told->scope != HANDOVER_TEMPLATE_SCOPE_UNKNOWN)
    template->scope = told->scope;
}

/* Others never see a personal template; of one that was shared before they are told that it is gone. */
static gboolean
log_template (HandoverStore     *store,
              const char        *business_id,
              const char        *operator_id,
              const char        *kind,
              gboolean           personal,
              HandoverTemplate  *template,
              GError           **error)
{
  HandoverAudience audience = { NULL, personal ? operator_id : NULL };

  return handover_store_append_event (store, business_id, kind, HANDOVER_RECORD (template), &audience, error);
}

/**
 * handover_desk_create_template:
 * @store: the writer's store
 * @business_id: whose
 * @operator_id: who makes it
 * @told: what it is; name, text and scope are there
 * @error: return location for an error
 *
 * Makes a template.
 *
 * Returns: (transfer full): the template, or %NULL with @error set
 */
HandoverTemplate *
handover_desk_create_template (HandoverStore               *store,
                               const char                  *business_id,
                               const char                  *operator_id,
                               const HandoverDeskTemplate  *told,
                               GError                     **error)
{
  g_autoptr (HandoverTemplate) template = g_object_new (HANDOVER_TYPE_TEMPLATE, NULL);

  template->id = handover_store_new_id ("tp");
  adopt (template, told);
  if (!handover_store_insert_template (store, business_id, operator_id, template, error) ||
      !log_template (store, business_id, operator_id, "template.created",
                     template->scope == HANDOVER_TEMPLATE_SCOPE_PERSONAL, template, error))
    return NULL;

  return g_steal_pointer (&template);
}

/**
 * handover_desk_change_template:
 * @store: the writer's store
 * @business_id: whose
 * @operator_id: who changes it
 * @id: its id
 * @told: what changes
 * @error: return location for an error
 *
 * Changes a template. One that becomes personal becomes the own one of who changes it.
 *
 * Returns: (transfer full): the template as it is now, or %NULL with @error set
 */
HandoverTemplate *
handover_desk_change_template (HandoverStore               *store,
                               const char                  *business_id,
                               const char                  *operator_id,
                               const char                  *id,
                               const HandoverDeskTemplate  *told,
                               GError                     **error)
{
  g_autoptr (HandoverTemplate) template = handover_store_get_template (store, business_id, operator_id, id, error);
  gboolean was_personal;
  gboolean is_personal;

  if (template == NULL)
    return NULL;

  was_personal = template->scope == HANDOVER_TEMPLATE_SCOPE_PERSONAL;
  adopt (template, told);
  is_personal = template->scope == HANDOVER_TEMPLATE_SCOPE_PERSONAL;
  if (!handover_store_save_template (store, business_id, operator_id, template, error))
    return NULL;
  if (is_personal && !was_personal && !log_template (store, business_id, operator_id, "template.deleted", FALSE, template, error))
    return NULL;
  if (!log_template (store, business_id, operator_id, "template.updated", is_personal, template, error))
    return NULL;

  return g_steal_pointer (&template);
}

/**
 * handover_desk_delete_template:
 * @store: the writer's store
 * @business_id: whose
 * @operator_id: who deletes it
 * @id: its id
 * @error: return location for an error
 *
 * Deletes a template.
 *
 * Returns: whether it was deleted
 */
gboolean
handover_desk_delete_template (HandoverStore  *store,
                               const char     *business_id,
                               const char     *operator_id,
                               const char     *id,
                               GError        **error)
{
  g_autoptr (HandoverTemplate) template = handover_store_get_template (store, business_id, operator_id, id, error);

  return template != NULL &&
         handover_store_delete_template (store, business_id, id, error) &&
         log_template (store, business_id, operator_id, "template.deleted",
                       template->scope == HANDOVER_TEMPLATE_SCOPE_PERSONAL, template, error);
}
