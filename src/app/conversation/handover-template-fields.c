/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "app/conversation/handover-template-fields.h"

#include <string.h>

static const struct
{
  const char *placeholder;
  gsize offset;
} placeholders[] = {
  { "{first_name}", G_STRUCT_OFFSET (HandoverTemplateFields, first_name) },
  { "{order_number}", G_STRUCT_OFFSET (HandoverTemplateFields, order_number) },
  { "{operator}", G_STRUCT_OFFSET (HandoverTemplateFields, operator_name) },
  { "{business}", G_STRUCT_OFFSET (HandoverTemplateFields, business_name) },
};

/**
 * handover_template_fields_copy:
 * @self: fields
 * @copy: where to copy them; what it held is freed
 *
 * Copies fields.
 */
void
handover_template_fields_copy (const HandoverTemplateFields *self,
                               HandoverTemplateFields       *copy)
{
  g_set_str (&copy->first_name, self->first_name);
  g_set_str (&copy->order_number, self->order_number);
  g_set_str (&copy->operator_name, self->operator_name);
  g_set_str (&copy->business_name, self->business_name);
}

/**
 * handover_template_fields_clear:
 * @self: fields
 *
 * Frees what the fields hold.
 */
void
handover_template_fields_clear (HandoverTemplateFields *self)
{
  g_clear_pointer (&self->first_name, g_free);
  g_clear_pointer (&self->order_number, g_free);
  g_clear_pointer (&self->operator_name, g_free);
  g_clear_pointer (&self->business_name, g_free);
}

static gsize
find_placeholder (const HandoverTemplateFields  *self,
                  const char                    *text,
                  const char                   **name,
                  const char                   **value)
{
  for (gsize i = 0; i < G_N_ELEMENTS (placeholders); i++)
    if (g_str_has_prefix (text, placeholders[i].placeholder))
      {
        *name = placeholders[i].placeholder;
        *value = G_STRUCT_MEMBER (char *, self, placeholders[i].offset);
        return strlen (placeholders[i].placeholder);
      }

  return 0;
}

/**
 * handover_template_fields_fill:
 * @self: fields
 * @text: the text of a template
 * @missing: (out) (nullable): the first placeholder that nothing is known for, %NULL if none
 *
 * Puts what is known in the place of placeholders. What is not known stays, so that the writer sees the gap; what a
 * value says is never taken for a placeholder.
 *
 * Returns: (transfer full): the text
 */
char *
handover_template_fields_fill (const HandoverTemplateFields  *self,
                               const char                    *text,
                               const char                   **missing)
{
  GString *filled = g_string_new (NULL);

  *missing = NULL;
  while (*text != '\0')
    {
      const char *name = NULL;
      const char *value = NULL;
      gsize length = *text == '{' ? find_placeholder (self, text, &name, &value) : 0;

      if (length == 0)
        {
          g_string_append_c (filled, *text++);
          continue;
        }

      if (value == NULL || *value == '\0')
        *missing = *missing != NULL ? *missing : name;
      g_string_append (filled, value != NULL && *value != '\0' ? value : name);
      text += length;
    }

  return g_string_free_and_steal (filled);
}

/**
 * handover_template_first_name:
 * @name: (nullable): a full name
 *
 * Takes the first word of a name.
 *
 * Returns: (transfer full) (nullable): the first name
 */
char *
handover_template_first_name (const char *name)
{
  g_autofree char *stripped = name != NULL ? g_strstrip (g_strdup (name)) : NULL;

  if (stripped == NULL || *stripped == '\0')
    return NULL;

  return g_strndup (stripped, strcspn (stripped, " \t\n"));
}
