/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "core/handover-person.h"

G_DEFINE_FINAL_TYPE (HandoverPerson, handover_person, HANDOVER_TYPE_RECORD)

static const HandoverMember members[] = {
  HANDOVER_MEMBER (HandoverPerson, id, STRING, REQUIRED),
  HANDOVER_MEMBER (HandoverPerson, name, STRING, REQUIRED),
};

static void
handover_person_class_init (HandoverPersonClass *klass)
{
  handover_record_class_set_members (HANDOVER_RECORD_CLASS (klass), members, G_N_ELEMENTS (members));
}

static void
handover_person_init (HandoverPerson *self)
{
}
