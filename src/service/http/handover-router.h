/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include "service/http/handover-route.h"

G_BEGIN_DECLS

typedef struct _HandoverRouter HandoverRouter;

HandoverRouter      *handover_router_new   (void);
void                 handover_router_free  (HandoverRouter       *self);
void                 handover_router_add   (HandoverRouter       *self,
                                            const HandoverRoute  *routes);
const HandoverRoute *handover_router_match (HandoverRouter       *self,
                                            HandoverRequest      *request,
                                            char                **allowed,
                                            GError              **error);
gboolean             handover_router_takes_file (HandoverRouter  *self,
                                                 const char      *method,
                                                 const char      *path);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HandoverRouter, handover_router_free)

G_END_DECLS
