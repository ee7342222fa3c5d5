/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * HandoverCartItem:
 * @name: what was ordered
 * @quantity: how many, as given
 * @unit_price: (nullable): the price of one, exactly as given
 * @line_price: (nullable): quantity times price, exact; %NULL where one of them is no number
 * @currency: (nullable): its currency as given
 * @image_url: (nullable): a picture
 * @url: (nullable): a page about it
 *
 * One line of a cart.
 */
typedef struct
{
  char *name;
  char *quantity;
  char *unit_price;
  char *line_price;
  char *currency;
  char *image_url;
  char *url;
} HandoverCartItem;

/**
 * HandoverFact:
 * @name: what it says something about
 * @value: what it says, ready to be shown
 *
 * A named value: a total by its currency, a link by its title, or a member of the metadata.
 */
typedef struct
{
  char *name;
  char *value;
} HandoverFact;

/**
 * HandoverFacts:
 * @user_id: (nullable): the customer's id in the shop
 * @order_number: (nullable): the order
 * @items: (element-type HandoverCartItem): the cart
 * @totals: (element-type HandoverFact): the sum for each currency, in the order of its first item
 * @links: (element-type HandoverFact): titles and addresses; only http and https
 * @others: (element-type HandoverFact): what else the metadata says
 *
 * What a conversation's metadata says, sorted by what it is.
 */
typedef struct
{
  char *user_id;
  char *order_number;
  GPtrArray *items;
  GPtrArray *totals;
  GPtrArray *links;
  GPtrArray *others;
} HandoverFacts;

HandoverFacts * handover_facts_new  (JsonNode      *metadata);
void            handover_facts_free (HandoverFacts *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HandoverFacts, handover_facts_free)

G_END_DECLS
