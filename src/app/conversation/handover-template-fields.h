/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * HandoverTemplateFields:
 * @first_name: (nullable): the customer's first name
 * @order_number: (nullable): the order
 * @operator_name: (nullable): who writes
 * @business_name: (nullable): for whom
 *
 * What the placeholders of a template stand for.
 */
typedef struct
{
  char *first_name;
  char *order_number;
  char *operator_name;
  char *business_name;
} HandoverTemplateFields;

void  handover_template_fields_copy   (const HandoverTemplateFields *self,
                                       HandoverTemplateFields       *copy);
void  handover_template_fields_clear  (HandoverTemplateFields       *self);
char *handover_template_fields_fill   (const HandoverTemplateFields *self,
                                       const char                   *text,
                                       const char                  **missing);
char *handover_template_first_name    (const char                   *name);

G_END_DECLS
