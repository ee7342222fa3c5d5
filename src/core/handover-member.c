/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "core/handover-member.h"

#include "core/handover-time.h"

#define FIELD(Type, self, member) G_STRUCT_MEMBER (Type, self, (member)->offset)

/*< private >
 * handover_member_clear:
 * @self: a record
 * @member: one of its members
 *
 * Frees what a record holds in a member.
 */
void
handover_member_clear (HandoverRecord       *self,
                       const HandoverMember *member)
{
  switch (member->kind)
    {
    case HANDOVER_MEMBER_STRING:
      g_clear_pointer (&FIELD (char *, self, member), g_free);
      break;
    case HANDOVER_MEMBER_STRINGS:
      g_clear_pointer (&FIELD (char **, self, member), g_strfreev);
      break;
    case HANDOVER_MEMBER_RECORD:
      g_clear_object (&FIELD (GObject *, self, member));
      break;
    case HANDOVER_MEMBER_RECORDS:
      g_clear_pointer (&FIELD (GPtrArray *, self, member), g_ptr_array_unref);
      break;
    case HANDOVER_MEMBER_JSON:
      g_clear_pointer (&FIELD (JsonNode *, self, member), json_node_unref);
      break;
    case HANDOVER_MEMBER_INTEGER:
    case HANDOVER_MEMBER_BOOLEAN:
    case HANDOVER_MEMBER_FRACTION:
    case HANDOVER_MEMBER_TIME:
    case HANDOVER_MEMBER_ENUM:
      break;
    default:
      g_assert_not_reached ();
    }
}

/*< private >
 * handover_member_copy:
 * @self: a record
 * @from: another of the same type
 * @member: one of their members
 *
 * Gives one record what another holds in a member; nested records, lists and JSON are shared.
 */
void
handover_member_copy (HandoverRecord       *self,
                      HandoverRecord       *from,
                      const HandoverMember *member)
{
  handover_member_clear (self, member);

  switch (member->kind)
    {
    case HANDOVER_MEMBER_STRING:
      FIELD (char *, self, member) = g_strdup (FIELD (char *, from, member));
      break;
    case HANDOVER_MEMBER_STRINGS:
      FIELD (char **, self, member) = g_strdupv (FIELD (char **, from, member));
      break;
    case HANDOVER_MEMBER_RECORD:
      g_set_object (&FIELD (GObject *, self, member), FIELD (GObject *, from, member));
      break;
    case HANDOVER_MEMBER_RECORDS:
      if (FIELD (GPtrArray *, from, member) != NULL)
        FIELD (GPtrArray *, self, member) = g_ptr_array_ref (FIELD (GPtrArray *, from, member));
      break;
    case HANDOVER_MEMBER_JSON:
      if (FIELD (JsonNode *, from, member) != NULL)
        FIELD (JsonNode *, self, member) = json_node_ref (FIELD (JsonNode *, from, member));
      break;
    case HANDOVER_MEMBER_INTEGER:
    case HANDOVER_MEMBER_TIME:
      FIELD (gint64, self, member) = FIELD (gint64, from, member);
      break;
    case HANDOVER_MEMBER_BOOLEAN:
    case HANDOVER_MEMBER_ENUM:
      FIELD (int, self, member) = FIELD (int, from, member);
      break;
    case HANDOVER_MEMBER_FRACTION:
      FIELD (double, self, member) = FIELD (double, from, member);
      break;
    default:
      g_assert_not_reached ();
    }
}

static gboolean
strings_equal (char **one,
               char **other)
{
  if (one == NULL || other == NULL)
    return one == other;

  return g_strv_equal ((const char * const *) one, (const char * const *) other);
}

static gboolean
records_equal (GPtrArray *one,
               GPtrArray *other)
{
  guint n_one = one != NULL ? one->len : 0;
  guint n_other = other != NULL ? other->len : 0;

  if (n_one != n_other)
    return FALSE;

  for (guint i = 0; i < n_one; i++)
    if (!handover_record_equal (g_ptr_array_index (one, i), g_ptr_array_index (other, i)))
      return FALSE;

  return TRUE;
}

static gboolean
json_equal (JsonNode *one,
            JsonNode *other)
{
  if (one == NULL || other == NULL)
    return one == other;

  return json_node_equal (one, other);
}

/*< private >
 * handover_member_equal:
 * @self: a record
 * @other: another of the same type
 * @member: one of their members
 *
 * Compares what two records hold in a member.
 *
 * Returns: %TRUE if both say the same
 */
gboolean
handover_member_equal (HandoverRecord       *self,
                       HandoverRecord       *other,
                       const HandoverMember *member)
{
  switch (member->kind)
    {
    case HANDOVER_MEMBER_STRING:
      return g_strcmp0 (FIELD (char *, self, member), FIELD (char *, other, member)) == 0;
    case HANDOVER_MEMBER_STRINGS:
      return strings_equal (FIELD (char **, self, member), FIELD (char **, other, member));
    case HANDOVER_MEMBER_RECORD:
      return handover_record_equal (FIELD (HandoverRecord *, self, member), FIELD (HandoverRecord *, other, member));
    case HANDOVER_MEMBER_RECORDS:
      return records_equal (FIELD (GPtrArray *, self, member), FIELD (GPtrArray *, other, member));
    case HANDOVER_MEMBER_JSON:
      return json_equal (FIELD (JsonNode *, self, member), FIELD (JsonNode *, other, member));
    case HANDOVER_MEMBER_INTEGER:
    case HANDOVER_MEMBER_TIME:
      return FIELD (gint64, self, member) == FIELD (gint64, other, member);
    case HANDOVER_MEMBER_BOOLEAN:
    case HANDOVER_MEMBER_ENUM:
      return FIELD (int, self, member) == FIELD (int, other, member);
    case HANDOVER_MEMBER_FRACTION:
      return !(FIELD (double, self, member) < FIELD (double, other, member)) &&
             !(FIELD (double, self, member) > FIELD (double, other, member));
    default:
      g_assert_not_reached ();
    }
}

static gboolean
strings_from_json (JsonNode *node,
                   char   ***strings)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  JsonArray *array;

  if (!JSON_NODE_HOLDS_ARRAY (node))
    return FALSE;

  array = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *element = json_array_get_element (array, i);

      if (json_node_get_value_type (element) != G_TYPE_STRING)
        return FALSE;
      g_strv_builder_add (builder, json_node_get_string (element));
    }

  *strings = g_strv_builder_end (builder);
  return TRUE;
}

static gboolean
records_from_json (JsonNode   *node,
                   GType       type,
                   GPtrArray **records,
                   GError    **error)
{
  g_autoptr (GPtrArray) read = g_ptr_array_new_with_free_func (g_object_unref);
  JsonArray *array;

  if (!JSON_NODE_HOLDS_ARRAY (node))
    return FALSE;

  array = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      HandoverRecord *record = handover_record_from_json (type, json_array_get_element (array, i), error);

      if (record == NULL)
        {
          g_prefix_error (error, "%u: ", i);
          return FALSE;
        }
      g_ptr_array_add (read, record);
    }

  if (read->len > 0)
    *records = g_steal_pointer (&read);
  return TRUE;
}

/* Below 0 means that there is none, so what says -1 would be lost when it is written again. */
static gboolean
fraction_from_json (JsonNode *node,
                    double   *fraction)
{
  GType type = JSON_NODE_HOLDS_VALUE (node) ? json_node_get_value_type (node) : G_TYPE_INVALID;
  double number;

  if (type != G_TYPE_DOUBLE && type != G_TYPE_INT64)
    return FALSE;

  number = json_node_get_double (node);
  if (!(number >= 0 && number <= 1))
    return FALSE;

  *fraction = number;
  return TRUE;
}

/*< private >
 * handover_member_from_json:
 * @self: a new record
 * @member: one of its members
 * @node: what JSON has there
 * @error: return location for the error of a nested record
 *
 * Reads what a record shall hold in a member.
 *
 * Returns: %FALSE if the value is of another kind, with @error set if the fault lies deeper
 */
gboolean
handover_member_from_json (HandoverRecord       *self,
                           const HandoverMember *member,
                           JsonNode             *node,
                           GError              **error)
{
  GType type = JSON_NODE_HOLDS_VALUE (node) ? json_node_get_value_type (node) : G_TYPE_INVALID;

  switch (member->kind)
    {
    case HANDOVER_MEMBER_STRING:
      FIELD (char *, self, member) = type == G_TYPE_STRING ? json_node_dup_string (node) : NULL;
      return type == G_TYPE_STRING;
    case HANDOVER_MEMBER_INTEGER:
      FIELD (gint64, self, member) = type == G_TYPE_INT64 ? json_node_get_int (node) : 0;
      return type == G_TYPE_INT64;
    case HANDOVER_MEMBER_BOOLEAN:
      FIELD (gboolean, self, member) = type == G_TYPE_BOOLEAN && json_node_get_boolean (node);
      return type == G_TYPE_BOOLEAN;
    case HANDOVER_MEMBER_FRACTION:
      return fraction_from_json (node, &FIELD (double, self, member));
    case HANDOVER_MEMBER_TIME:
      return type == G_TYPE_STRING && handover_time_parse (json_node_get_string (node), &FIELD (gint64, self, member));
    case HANDOVER_MEMBER_ENUM:
      if (type == G_TYPE_STRING)
        FIELD (int, self, member) = handover_enum_from_nick (member->get_type (), json_node_get_string (node));
      return type == G_TYPE_STRING;
    case HANDOVER_MEMBER_RECORD:
      FIELD (HandoverRecord *, self, member) = handover_record_from_json (member->get_type (), node, error);
      return FIELD (HandoverRecord *, self, member) != NULL;
    case HANDOVER_MEMBER_RECORDS:
      return records_from_json (node, member->get_type (), &FIELD (GPtrArray *, self, member), error);
    case HANDOVER_MEMBER_STRINGS:
      return strings_from_json (node, &FIELD (char **, self, member));
    case HANDOVER_MEMBER_JSON:
      FIELD (JsonNode *, self, member) = json_node_ref (node);
      return TRUE;
    default:
      g_assert_not_reached ();
    }
}

/*< private >
 * handover_member_get:
 * @self: a record
 * @member: one of its members
 * @value: an initialised value of the member's type
 *
 * Shows what a record holds in a member.
 */
void
handover_member_get (HandoverRecord       *self,
                     const HandoverMember *member,
                     GValue               *value)
{
  switch (member->kind)
    {
    case HANDOVER_MEMBER_STRING:
      g_value_set_string (value, FIELD (char *, self, member));
      break;
    case HANDOVER_MEMBER_INTEGER:
    case HANDOVER_MEMBER_TIME:
      g_value_set_int64 (value, FIELD (gint64, self, member));
      break;
    case HANDOVER_MEMBER_BOOLEAN:
      g_value_set_boolean (value, FIELD (gboolean, self, member));
      break;
    case HANDOVER_MEMBER_FRACTION:
      g_value_set_double (value, FIELD (double, self, member));
      break;
    case HANDOVER_MEMBER_ENUM:
      g_value_set_enum (value, FIELD (int, self, member));
      break;
    case HANDOVER_MEMBER_RECORD:
      g_value_set_object (value, FIELD (GObject *, self, member));
      break;
    case HANDOVER_MEMBER_STRINGS:
      g_value_set_boxed (value, FIELD (char **, self, member));
      break;
    case HANDOVER_MEMBER_RECORDS:
      g_value_set_boxed (value, FIELD (GPtrArray *, self, member));
      break;
    case HANDOVER_MEMBER_JSON:
      g_value_set_boxed (value, FIELD (JsonNode *, self, member));
      break;
    default:
      g_assert_not_reached ();
    }
}

/*< private >
 * handover_member_to_pspec:
 * @member: a member
 *
 * Declares a member as a property, which others can only read.
 *
 * Returns: (transfer floating): the property
 */
GParamSpec *
handover_member_to_pspec (const HandoverMember *member)
{
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY;

  switch (member->kind)
    {
    case HANDOVER_MEMBER_STRING:
      return g_param_spec_string (member->name, NULL, NULL, NULL, flags);
    case HANDOVER_MEMBER_INTEGER:
    case HANDOVER_MEMBER_TIME:
      return g_param_spec_int64 (member->name, NULL, NULL, G_MININT64, G_MAXINT64, 0, flags);
    case HANDOVER_MEMBER_BOOLEAN:
      return g_param_spec_boolean (member->name, NULL, NULL, FALSE, flags);
    case HANDOVER_MEMBER_FRACTION:
      return g_param_spec_double (member->name, NULL, NULL, -1, 1, -1, flags);
    case HANDOVER_MEMBER_ENUM:
      return g_param_spec_enum (member->name, NULL, NULL, member->get_type (), 0, flags);
    case HANDOVER_MEMBER_RECORD:
      return g_param_spec_object (member->name, NULL, NULL, member->get_type (), flags);
    case HANDOVER_MEMBER_STRINGS:
      return g_param_spec_boxed (member->name, NULL, NULL, G_TYPE_STRV, flags);
    case HANDOVER_MEMBER_RECORDS:
      return g_param_spec_boxed (member->name, NULL, NULL, G_TYPE_PTR_ARRAY, flags);
    case HANDOVER_MEMBER_JSON:
      return g_param_spec_boxed (member->name, NULL, NULL, JSON_TYPE_NODE, flags);
    default:
      g_assert_not_reached ();
    }
}
