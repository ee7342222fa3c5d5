/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include "core/handover-file-type.h"

G_BEGIN_DECLS

/* Each reads the size of a picture whose kind is known. What is cut off or makes no sense has none. */

void handover_picture_size_read_gif  (HandoverFileType *self,
                                      const guint8     *data,
                                      gsize             size);
void handover_picture_size_read_jpeg (HandoverFileType *self,
                                      const guint8     *data,
                                      gsize             size);
void handover_picture_size_read_png  (HandoverFileType *self,
                                      const guint8     *data,
                                      gsize             size);
void handover_picture_size_read_webp (HandoverFileType *self,
                                      const guint8     *data,
                                      gsize             size);

G_END_DECLS
