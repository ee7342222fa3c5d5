/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "core/handover-record.h"

#include "core/handover-problem.h"
#include "core/handover-time.h"

/**
 * HandoverRecord:
 *
 * An object of the interface: a structure whose members are listed in one table.
 *
 * From the table come JSON both ways, copying, comparing, freeing and a read-only property for each member. A
 * record is filled by the code that makes it and read by everybody else; only handover_record_update() changes
 * it afterwards, and tells so by `notify`.
 */
G_DEFINE_ABSTRACT_TYPE (HandoverRecord, handover_record, G_TYPE_OBJECT)

#define FIELD(Type, self, member) G_STRUCT_MEMBER (Type, self, (member)->offset)

static void
clear_member (HandoverRecord       *self,
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

static void
copy_member (HandoverRecord       *self,
             HandoverRecord       *from,
             const HandoverMember *member)
{
  clear_member (self, member);

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
json_equal (JsonNode *one,
            JsonNode *other)
{
  if (one == NULL || other == NULL)
    return one == other;

  return json_node_equal (one, other);
}

static gboolean
member_equal (HandoverRecord       *self,
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

/* What a word that this version does not know is written as where there must be one, to be read as unknown again. */
#define UNKNOWN_WORD "unknown"

/* Writes one member; NULL where it is absent. */
static JsonNode *
member_to_json (HandoverRecord       *self,
                const HandoverMember *member)
{
  JsonNode *node = json_node_alloc ();

  switch (member->kind)
    {
    case HANDOVER_MEMBER_STRING:
      if (FIELD (char *, self, member) != NULL)
        return json_node_init_string (node, FIELD (char *, self, member));
      break;
    case HANDOVER_MEMBER_INTEGER:
      return json_node_init_int (node, FIELD (gint64, self, member));
    case HANDOVER_MEMBER_BOOLEAN:
      return json_node_init_boolean (node, FIELD (gboolean, self, member));
    case HANDOVER_MEMBER_FRACTION:
      if (FIELD (double, self, member) >= 0)
        return json_node_init_double (node, FIELD (double, self, member));
      break;
    case HANDOVER_MEMBER_TIME:
      if (FIELD (gint64, self, member) != 0 || (member->flags & HANDOVER_MEMBER_REQUIRED) != 0)
        {
          g_autofree char *text = handover_time_format (FIELD (gint64, self, member));
          return json_node_init_string (node, text);
        }
      break;
    case HANDOVER_MEMBER_ENUM:
      if (FIELD (int, self, member) != 0)
        return json_node_init_string (node, handover_enum_to_nick (member->get_type (), FIELD (int, self, member)));
      if ((member->flags & HANDOVER_MEMBER_REQUIRED) != 0)
        return json_node_init_string (node, UNKNOWN_WORD);
      break;
    case HANDOVER_MEMBER_RECORD:
      json_node_unref (node);
      if (FIELD (HandoverRecord *, self, member) != NULL)
        return handover_record_to_json (FIELD (HandoverRecord *, self, member));
      return NULL;
    case HANDOVER_MEMBER_STRINGS:
      if (FIELD (char **, self, member) != NULL)
        {
          g_autoptr (JsonArray) array = json_array_new ();

          for (char **item = FIELD (char **, self, member); *item != NULL; item++)
            json_array_add_string_element (array, *item);
          return json_node_init_array (node, array);
        }
      break;
    case HANDOVER_MEMBER_JSON:
      json_node_unref (node);
      if (FIELD (JsonNode *, self, member) != NULL)
        return json_node_ref (FIELD (JsonNode *, self, member));
      return NULL;
    default:
      g_assert_not_reached ();
    }

  json_node_unref (node);
  return NULL;
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
number_from_json (JsonNode *node,
                  double   *number)
{
  GType type = JSON_NODE_HOLDS_VALUE (node) ? json_node_get_value_type (node) : G_TYPE_INVALID;

  if (type != G_TYPE_DOUBLE && type != G_TYPE_INT64)
    return FALSE;

  *number = json_node_get_double (node);
  return TRUE;
}

/* Reads one member; FALSE without an error means that the value is of another kind. */
static gboolean
member_from_json (HandoverRecord       *self,
                  const HandoverMember *member,
                  JsonNode             *node,
                  GError              **error)
{
  GType type = JSON_NODE_HOLDS_VALUE (node) ? json_node_get_value_type (node) : G_TYPE_INVALID;

  switch (member->kind)
    {
    case HANDOVER_MEMBER_STRING:
      FIELD (char *, self, member) = json_node_dup_string (node);
      return type == G_TYPE_STRING;
    case HANDOVER_MEMBER_INTEGER:
      FIELD (gint64, self, member) = type == G_TYPE_INT64 ? json_node_get_int (node) : 0;
      return type == G_TYPE_INT64;
    case HANDOVER_MEMBER_BOOLEAN:
      FIELD (gboolean, self, member) = type == G_TYPE_BOOLEAN && json_node_get_boolean (node);
      return type == G_TYPE_BOOLEAN;
    case HANDOVER_MEMBER_FRACTION:
      return number_from_json (node, &FIELD (double, self, member));
    case HANDOVER_MEMBER_TIME:
      return type == G_TYPE_STRING && handover_time_parse (json_node_get_string (node), &FIELD (gint64, self, member));
    case HANDOVER_MEMBER_ENUM:
      if (type == G_TYPE_STRING)
        FIELD (int, self, member) = handover_enum_from_nick (member->get_type (), json_node_get_string (node));
      return type == G_TYPE_STRING;
    case HANDOVER_MEMBER_RECORD:
      FIELD (HandoverRecord *, self, member) = handover_record_from_json (member->get_type (), node, error);
      return FIELD (HandoverRecord *, self, member) != NULL;
    case HANDOVER_MEMBER_STRINGS:
      return strings_from_json (node, &FIELD (char **, self, member));
    case HANDOVER_MEMBER_JSON:
      FIELD (JsonNode *, self, member) = json_node_ref (node);
      return TRUE;
    default:
      g_assert_not_reached ();
    }
}

static void
handover_record_get_property (GObject    *object,
                              guint       property_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  HandoverRecord *self = HANDOVER_RECORD (object);
  const HandoverMember *member = &HANDOVER_RECORD_GET_CLASS (self)->members[property_id - 1];

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
    case HANDOVER_MEMBER_JSON:
      g_value_set_boxed (value, FIELD (JsonNode *, self, member));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
handover_record_finalize (GObject *object)
{
  HandoverRecord *self = HANDOVER_RECORD (object);
  HandoverRecordClass *klass = HANDOVER_RECORD_GET_CLASS (self);

  for (guint i = 0; i < klass->n_members; i++)
    clear_member (self, &klass->members[i]);

  G_OBJECT_CLASS (handover_record_parent_class)->finalize (object);
}

static void
handover_record_class_init (HandoverRecordClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = handover_record_finalize;
}

static void
handover_record_init (HandoverRecord *self)
{
}

static GParamSpec *
member_to_pspec (const HandoverMember *member)
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
    case HANDOVER_MEMBER_JSON:
      return g_param_spec_boxed (member->name, NULL, NULL, JSON_TYPE_NODE, flags);
    default:
      g_assert_not_reached ();
    }
}

/**
 * handover_record_class_set_members:
 * @klass: the class of a final record
 * @members: (array length=n_members): its members; must live as long as the class
 * @n_members: their number
 *
 * Declares what a record is made of. To be called once, from the class's `class_init`.
 */
void
handover_record_class_set_members (HandoverRecordClass  *klass,
                                   const HandoverMember *members,
                                   guint                 n_members)
{
  klass->members = members;
  klass->n_members = n_members;

  /* GObject does not hand this one down to the classes below. */
  G_OBJECT_CLASS (klass)->get_property = handover_record_get_property;

  for (guint i = 0; i < n_members; i++)
    g_object_class_install_property (G_OBJECT_CLASS (klass), i + 1, member_to_pspec (&members[i]));
}

/**
 * handover_record_from_json:
 * @type: the type of a final record
 * @node: a JSON object
 * @error: return location for an error
 *
 * Reads a record. Unknown members are ignored, unknown words of an enumeration become its UNKNOWN value, and null
 * is as good as absent.
 *
 * Returns: (transfer full) (nullable): the record, or %NULL with %HANDOVER_PROBLEM_INVALID_MEMBER naming the first
 *   member that is missing or of a wrong kind
 */
HandoverRecord *
handover_record_from_json (GType      type,
                           JsonNode  *node,
                           GError   **error)
{
  g_autoptr (HandoverRecord) self = g_object_new (type, NULL);
  HandoverRecordClass *klass = HANDOVER_RECORD_GET_CLASS (self);
  JsonObject *object;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    {
      g_set_error (error, HANDOVER_PROBLEM, HANDOVER_PROBLEM_INVALID_MEMBER, "%s must be an object", g_type_name (type));
      return NULL;
    }

  object = json_node_get_object (node);
  for (guint i = 0; i < klass->n_members; i++)
    {
      const HandoverMember *member = &klass->members[i];
      JsonNode *value = json_object_get_member (object, member->name);
      GError *inner = NULL;

      if (value == NULL || JSON_NODE_HOLDS_NULL (value))
        {
          if ((member->flags & HANDOVER_MEMBER_REQUIRED) == 0)
            continue;
          g_set_error (error, HANDOVER_PROBLEM, HANDOVER_PROBLEM_INVALID_MEMBER, "%s is missing", member->name);
          return NULL;
        }

      if (!member_from_json (self, member, value, &inner))
        {
          if (inner != NULL)
            g_propagate_prefixed_error (error, inner, "%s: ", member->name);
          else
            g_set_error (error, HANDOVER_PROBLEM, HANDOVER_PROBLEM_INVALID_MEMBER, "%s is of a wrong kind", member->name);
          return NULL;
        }
    }

  return g_steal_pointer (&self);
}

/**
 * handover_record_from_data:
 * @type: the type of a final record
 * @data: a JSON object as text
 * @error: return location for an error
 *
 * Reads a record from text that this program wrote itself; see handover_json_parse() for what strangers send.
 *
 * Returns: (transfer full) (nullable): the record, or %NULL with an error
 */
HandoverRecord *
handover_record_from_data (GType        type,
                           const char  *data,
                           GError     **error)
{
  g_autoptr (JsonNode) node = json_from_string (data, error);

  if (node == NULL)
    {
      if (error != NULL && *error == NULL)
        g_set_error_literal (error, HANDOVER_PROBLEM, HANDOVER_PROBLEM_MALFORMED_JSON, "There is no JSON to read");
      return NULL;
    }

  return handover_record_from_json (type, node, error);
}

/**
 * handover_record_to_json:
 * @self: a record
 *
 * Writes a record; what is absent is left out.
 *
 * Returns: (transfer full): a JSON object
 */
JsonNode *
handover_record_to_json (HandoverRecord *self)
{
  HandoverRecordClass *klass = HANDOVER_RECORD_GET_CLASS (self);
  g_autoptr (JsonObject) object = json_object_new ();
  JsonNode *node = json_node_alloc ();

  for (guint i = 0; i < klass->n_members; i++)
    {
      JsonNode *value = member_to_json (self, &klass->members[i]);

      if (value != NULL)
        json_object_set_member (object, klass->members[i].name, value);
    }

  return json_node_init_object (node, object);
}

/**
 * handover_record_to_data:
 * @self: a record
 *
 * Writes a record as compact text.
 *
 * Returns: (transfer full): a JSON object as text
 */
char *
handover_record_to_data (HandoverRecord *self)
{
  g_autoptr (JsonNode) node = handover_record_to_json (self);

  return json_to_string (node, FALSE);
}

/**
 * handover_record_copy:
 * @self: a record
 *
 * Copies a record; nested records are shared.
 *
 * Returns: (transfer full): the copy
 */
HandoverRecord *
handover_record_copy (HandoverRecord *self)
{
  HandoverRecord *copy = g_object_new (G_OBJECT_TYPE (self), NULL);
  HandoverRecordClass *klass = HANDOVER_RECORD_GET_CLASS (self);

  for (guint i = 0; i < klass->n_members; i++)
    copy_member (copy, self, &klass->members[i]);

  return copy;
}

/**
 * handover_record_equal:
 * @self: (nullable): a record
 * @other: (nullable): another
 *
 * Compares two records member by member.
 *
 * Returns: %TRUE if both are of one type and say the same, or both are %NULL
 */
gboolean
handover_record_equal (HandoverRecord *self,
                       HandoverRecord *other)
{
  HandoverRecordClass *klass;

  if (self == other)
    return TRUE;
  if (self == NULL || other == NULL || G_OBJECT_TYPE (self) != G_OBJECT_TYPE (other))
    return FALSE;

  klass = HANDOVER_RECORD_GET_CLASS (self);
  for (guint i = 0; i < klass->n_members; i++)
    if (!member_equal (self, other, &klass->members[i]))
      return FALSE;

  return TRUE;
}

/**
 * handover_record_update:
 * @self: a record that others look at
 * @from: a newer state of it, of the same type
 *
 * Takes over what differs and notifies the properties concerned, all of them after the last member is in place.
 *
 * Returns: %TRUE if anything differed
 */
gboolean
handover_record_update (HandoverRecord *self,
                        HandoverRecord *from)
{
  HandoverRecordClass *klass = HANDOVER_RECORD_GET_CLASS (self);
  gboolean changed = FALSE;

  g_return_val_if_fail (G_OBJECT_TYPE (self) == G_OBJECT_TYPE (from), FALSE);

  g_object_freeze_notify (G_OBJECT (self));
  for (guint i = 0; i < klass->n_members; i++)
    {
      const HandoverMember *member = &klass->members[i];

      if (member_equal (self, from, member))
        continue;

      copy_member (self, from, member);
      g_object_notify (G_OBJECT (self), member->name);
      changed = TRUE;
    }
  g_object_thaw_notify (G_OBJECT (self));

  return changed;
}
