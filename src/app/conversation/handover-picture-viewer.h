/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define HANDOVER_TYPE_PICTURE_VIEWER (handover_picture_viewer_get_type ())

G_DECLARE_FINAL_TYPE (HandoverPictureViewer, handover_picture_viewer, HANDOVER, PICTURE_VIEWER, AdwDialog)

AdwDialog *handover_picture_viewer_new (GFile      *file,
                                        const char *name);

G_END_DECLS
