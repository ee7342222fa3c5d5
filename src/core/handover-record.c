/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "core/handover-record.h"

#include "core/handover-member.h"
#include "core/handover-problem.h"

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

static void
handover_record_get_property (GObject    *object,
                              guint       property_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  HandoverRecord *self = HANDOVER_RECORD (object);

  handover_member_get (self, &HANDOVER_RECORD_GET_CLASS (self)->members[property_id - 1], value);
}

static void
handover_record_finalize (GObject *object)
{
  HandoverRecord *self = HANDOVER_RECORD (object);
  HandoverRecordClass *klass = HANDOVER_RECORD_GET_CLASS (self);

  for (guint i = 0; i < klass->n_members; i++)
    handover_member_clear (self, &klass->members[i]);

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
    g_object_class_install_property (G_OBJECT_CLASS (klass), i + 1, handover_member_to_pspec (&members[i]));
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

      if (!handover_member_from_json (self, member, value, &inner))
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
 * handover_record_write:
 * @self: a record
 * @text: where to write
 *
 * Adds a record to a text, as a compact JSON object; what is absent is left out. Every line of the log, every row of
 * the mirror and every page of a list is written here, straight from the structures.
 */
void
handover_record_write (HandoverRecord *self,
                       GString        *text)
{
  HandoverRecordClass *klass = HANDOVER_RECORD_GET_CLASS (self);
  char separator = '{';

  for (guint i = 0; i < klass->n_members; i++)
    {
      const HandoverMember *member = &klass->members[i];

      if (!handover_member_is_present (self, member))
        continue;

      g_string_append_c (text, separator);
      g_string_append_c (text, '"');
      g_string_append (text, member->name);
      g_string_append (text, "\":");
      handover_member_write (self, member, text);
      separator = ',';
    }
  if (separator == '{')
    g_string_append_c (text, '{');
  g_string_append_c (text, '}');
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
  GString *text = g_string_sized_new (512);

  handover_record_write (self, text);

  return g_string_free (text, FALSE);
}

/**
 * handover_record_to_json:
 * @self: a record
 *
 * Makes a tree of a record, for what is to stand inside another; text is written faster without.
 *
 * Returns: (transfer full): a JSON object
 */
JsonNode *
handover_record_to_json (HandoverRecord *self)
{
  g_autofree char *data = handover_record_to_data (self);

  return json_from_string (data, NULL);
}

/**
 * handover_record_copy:
 * @self: a record
 *
 * Copies a record; nested records and lists are shared.
 *
 * Returns: (transfer full): the copy
 */
HandoverRecord *
handover_record_copy (HandoverRecord *self)
{
  HandoverRecord *copy = g_object_new (G_OBJECT_TYPE (self), NULL);
  HandoverRecordClass *klass = HANDOVER_RECORD_GET_CLASS (self);

  for (guint i = 0; i < klass->n_members; i++)
    handover_member_copy (copy, self, &klass->members[i]);

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
    if (!handover_member_equal (self, other, &klass->members[i]))
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

      if (handover_member_equal (self, from, member))
        continue;

      handover_member_copy (self, from, member);
      g_object_notify (G_OBJECT (self), member->name);
      changed = TRUE;
    }
  g_object_thaw_notify (G_OBJECT (self));

  return changed;
}
