/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include "service/http/handover-call.h"
#include "service/http/handover-transfers.h"

G_BEGIN_DECLS

void handover_download_begin (HandoverCall      *call,
                              HandoverWorkers   *workers,
                              HandoverTransfers *transfers);

G_END_DECLS
