/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define HANDOVER_TYPE_APPLICATION (handover_application_get_type ())

G_DECLARE_FINAL_TYPE (HandoverApplication, handover_application, HANDOVER, APPLICATION, AdwApplication)

HandoverApplication *handover_application_new (void);

G_END_DECLS
