/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include "core/handover-enums.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define HANDOVER_TYPE_RECORD (handover_record_get_type ())

G_DECLARE_DERIVABLE_TYPE (HandoverRecord, handover_record, HANDOVER, RECORD, GObject)

/**
 * HandoverMemberKind:
 * @HANDOVER_MEMBER_STRING: `char *`; %NULL when absent
 * @HANDOVER_MEMBER_INTEGER: `gint64`; 0 when optional and absent
 * @HANDOVER_MEMBER_BOOLEAN: `gboolean`
 * @HANDOVER_MEMBER_FRACTION: `double` from 0 to 1; negative when absent
 * @HANDOVER_MEMBER_TIME: `gint64`, milliseconds since 1970 UTC; 0 when absent
 * @HANDOVER_MEMBER_ENUM: `int`; 0 when absent or not known
 * @HANDOVER_MEMBER_RECORD: a `HandoverRecord *`; %NULL when absent
 * @HANDOVER_MEMBER_RECORDS: a `GPtrArray *` of `HandoverRecord *`; %NULL or empty when there are none
 * @HANDOVER_MEMBER_STRINGS: `char **`; %NULL when absent
 * @HANDOVER_MEMBER_JSON: a `JsonNode *`; %NULL when absent
 *
 * How a member lies in its structure.
 */
typedef enum
{
  HANDOVER_MEMBER_STRING,
  HANDOVER_MEMBER_INTEGER,
  HANDOVER_MEMBER_BOOLEAN,
  HANDOVER_MEMBER_FRACTION,
  HANDOVER_MEMBER_TIME,
  HANDOVER_MEMBER_ENUM,
  HANDOVER_MEMBER_RECORD,
  HANDOVER_MEMBER_RECORDS,
  HANDOVER_MEMBER_STRINGS,
  HANDOVER_MEMBER_JSON,
} HandoverMemberKind;

/**
 * HandoverMemberFlags:
 * @HANDOVER_MEMBER_OPTIONAL: may be absent
 * @HANDOVER_MEMBER_REQUIRED: JSON without it is refused
 */
typedef enum
{
  HANDOVER_MEMBER_OPTIONAL = 0,
  HANDOVER_MEMBER_REQUIRED = 1 << 0,
} HandoverMemberFlags;

/**
 * HandoverMember:
 * @name: its name in JSON, in the structure and, with dashes, as a property
 * @kind: how it lies in the structure
 * @flags: whether JSON must have it
 * @offset: where it lies in the structure
 * @get_type: (nullable): the type of an enumeration or of nested records
 *
 * One member of a record.
 */
typedef struct
{
  const char *name;
  HandoverMemberKind kind;
  HandoverMemberFlags flags;
  gsize offset;
  GType (*get_type) (void);
} HandoverMember;

#define HANDOVER_MEMBER(Type, field, KIND, FLAGS) \
  { #field, HANDOVER_MEMBER_##KIND, HANDOVER_MEMBER_##FLAGS, G_STRUCT_OFFSET (Type, field), NULL }
#define HANDOVER_MEMBER_TYPED(Type, field, KIND, FLAGS, type_function) \
  { #field, HANDOVER_MEMBER_##KIND, HANDOVER_MEMBER_##FLAGS, G_STRUCT_OFFSET (Type, field), type_function }

struct _HandoverRecordClass
{
  GObjectClass parent_class;

  /*< private >*/
  const HandoverMember *members;
  guint n_members;
};

void             handover_record_class_set_members (HandoverRecordClass  *klass,
                                                    const HandoverMember *members,
                                                    guint                 n_members);

HandoverRecord * handover_record_from_json         (GType                 type,
                                                    JsonNode             *node,
                                                    GError              **error);
HandoverRecord * handover_record_from_data         (GType                 type,
                                                    const char           *data,
                                                    GError              **error);
JsonNode *       handover_record_to_json           (HandoverRecord       *self);
void             handover_record_write             (HandoverRecord       *self,
                                                    GString              *text);
char *           handover_record_to_data           (HandoverRecord       *self);
HandoverRecord * handover_record_copy              (HandoverRecord       *self);
gboolean         handover_record_equal             (HandoverRecord       *self,
                                                    HandoverRecord       *other);
gboolean         handover_record_update            (HandoverRecord       *self,
                                                    HandoverRecord       *from);

G_END_DECLS
