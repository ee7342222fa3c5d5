/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "core/handover-enums.h"

/**
 * handover_enum_to_nick:
 * @type: one of our enumerations
 * @value: a value of it
 *
 * Gets the interface's word for a value.
 *
 * Returns: (nullable): the word, or %NULL for the UNKNOWN value
 */
const char *
handover_enum_to_nick (GType type,
                       int   value)
{
  g_autoptr (GEnumClass) klass = g_type_class_ref (type);
  GEnumValue *found;

  if (value == 0)
    return NULL;

  /* The class of a static enumeration is never unloaded, so the nick outlives the reference. */
  found = g_enum_get_value (klass, value);
  return found != NULL ? found->value_nick : NULL;
}

/**
 * handover_enum_from_nick:
 * @type: one of our enumerations
 * @nick: (nullable): a word of the interface
 *
 * Gets the value that a word stands for.
 *
 * Returns: the value, or 0, the UNKNOWN value, if this version does not know the word
 */
int
handover_enum_from_nick (GType       type,
                         const char *nick)
{
  g_autoptr (GEnumClass) klass = g_type_class_ref (type);
  GEnumValue *found;

  if (nick == NULL)
    return 0;

  found = g_enum_get_value_by_nick (klass, nick);
  return found != NULL ? found->value : 0;
}
