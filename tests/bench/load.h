/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include <glib.h>

/* What both load generators need: sockets without a library's own costs, and figures of many times. */

int     load_connect        (const char    *address);
char   *load_read_file      (const char    *path,
                             gsize         *length);
void    load_put            (char          *request,
                             const char    *placeholder,
                             guint          number);
void    load_send           (int            fd,
                             const char    *data,
                             gsize          length);
gsize   load_measure_answer (const GString *answer);
double  load_quantile       (GArray        *values,
                             double         share);
