/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include <glib-object.h>
#include <json-glib/json-glib.h>
