/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include "core/handover-record.h"

G_BEGIN_DECLS

/* What a record does with one of its members, whatever kind it is of. */

void        handover_member_clear      (HandoverRecord       *self,
                                        const HandoverMember *member);
void        handover_member_copy       (HandoverRecord       *self,
                                        HandoverRecord       *from,
                                        const HandoverMember *member);
gboolean    handover_member_equal      (HandoverRecord       *self,
                                        HandoverRecord       *other,
                                        const HandoverMember *member);
gboolean    handover_member_is_present (HandoverRecord       *self,
                                        const HandoverMember *member);
void        handover_member_write      (HandoverRecord       *self,
                                        const HandoverMember *member,
                                        GString              *text);
gboolean    handover_member_from_json  (HandoverRecord       *self,
                                        const HandoverMember *member,
                                        JsonNode             *node,
                                        GError              **error);
void        handover_member_get        (HandoverRecord       *self,
                                        const HandoverMember *member,
                                        GValue               *value);
GParamSpec *handover_member_to_pspec   (const HandoverMember *member);

G_END_DECLS
