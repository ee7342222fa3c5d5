/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "core/handover-facts.h"

#include <string.h>

/* Prices are shown exactly as given and added up in whole units of their last digit; a float would invent cents. */
#define MAX_DIGITS 15
#define MAX_DECIMALS 6

typedef struct
{
  gint64 units;
  guint decimals;
} Decimal;

static void
handover_cart_item_free (HandoverCartItem *item)
{
  g_free (item->name);
  g_free (item->quantity);
  g_free (item->unit_price);
  g_free (item->line_price);
  g_free (item->currency);
  g_free (item->image_url);
  g_free (item->url);
  g_free (item);
}

static void
handover_fact_free (HandoverFact *fact)
{
  g_free (fact->name);
  g_free (fact->value);
  g_free (fact);
}

static void
add_fact (GPtrArray  *facts,
          const char *name,
          char       *value)
{
  HandoverFact *fact = g_new0 (HandoverFact, 1);

  fact->name = g_strdup (name);
  fact->value = value;
  g_ptr_array_add (facts, fact);
}

/* FALSE for anything but plain digits with at most one point: such a price is shown, but not added up. */
static gboolean
decimal_parse (const char *text,
               Decimal    *decimal)
{
  gboolean negative = FALSE;
  gboolean in_decimals = FALSE;
  guint digits = 0;

  *decimal = (Decimal) { 0, 0 };
  if (text == NULL)
    return FALSE;
  if (*text == '-')
    {
      negative = TRUE;
      text++;
    }

  for (; *text != '\0'; text++)
    {
      if (*text == '.' && !in_decimals)
        {
          in_decimals = TRUE;
          continue;
        }
      if (!g_ascii_isdigit (*text) || ++digits > MAX_DIGITS)
        return FALSE;

      decimal->units = decimal->units * 10 + (*text - '0');
      decimal->decimals += in_decimals ? 1 : 0;
    }

  if (negative)
    decimal->units = -decimal->units;
  return digits > 0 && decimal->decimals <= MAX_DECIMALS;
}

static gboolean
decimal_widen (Decimal *decimal,
               guint    decimals)
{
  for (; decimal->decimals < decimals; decimal->decimals++)
    if (__builtin_mul_overflow (decimal->units, 10, &decimal->units))
      return FALSE;

  return TRUE;
}

static gboolean
decimal_add (Decimal       *sum,
             const Decimal *other)
{
  Decimal wide = *other;

  return decimal_widen (&wide, sum->decimals) &&
         decimal_widen (sum, wide.decimals) &&
         !__builtin_add_overflow (sum->units, wide.units, &sum->units);
}

static gboolean
decimal_multiply (Decimal       *product,
                  const Decimal *factor)
{
  product->decimals += factor->decimals;
  return !__builtin_mul_overflow (product->units, factor->units, &product->units);
}

static char *
decimal_format (const Decimal *decimal)
{
  guint64 units = decimal->units < 0 ? -(guint64) decimal->units : (guint64) decimal->units;
  g_autofree char *digits = g_strdup_printf ("%0*" G_GUINT64_FORMAT, (int) decimal->decimals + 1, units);
  gsize whole = strlen (digits) - decimal->decimals;
  const char *sign = decimal->units < 0 ? "-" : "";

  if (decimal->decimals == 0)
    return g_strconcat (sign, digits, NULL);
  return g_strdup_printf ("%s%.*s.%s", sign, (int) whole, digits, digits + whole);
}

/* A product of a whole quantity keeps the price's decimals; a quantity like 0.5 may add some that are only zeros. */
static void
decimal_trim (Decimal *decimal,
              guint    decimals)
{
  while (decimal->decimals > decimals && decimal->units % 10 == 0)
    {
      decimal->units /= 10;
      decimal->decimals--;
    }
}

/* The fewest digits that read back as the same number: 0.1 and not 0.10000000000000001. */
static char *
format_double (double number)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  for (int precision = 1; precision <= 17; precision++)
    {
      g_autofree char *format = g_strdup_printf ("%%.%dg", precision);

      g_ascii_formatd (text, sizeof text, format, number);
      if (!(g_ascii_strtod (text, NULL) < number) && !(g_ascii_strtod (text, NULL) > number))
        break;
    }

  return g_strdup (text);
}

static char *
dup_scalar (JsonObject *object,
            const char *member)
{
  JsonNode *node = json_object_get_member (object, member);

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node))
    return NULL;
  if (json_node_get_value_type (node) == G_TYPE_STRING)
    return *json_node_get_string (node) != '\0' ? json_node_dup_string (node) : NULL;
  if (json_node_get_value_type (node) == G_TYPE_DOUBLE)
    return format_double (json_node_get_double (node));

  return json_to_string (node, FALSE);
}

/* An address without a host leads nowhere, or where the browser guesses. */
static gboolean
is_web_address (const char *address)
{
  g_autoptr (GUri) uri = g_uri_parse (address, G_URI_FLAGS_PARSE_RELAXED, NULL);
  const char *scheme = uri != NULL ? g_uri_get_scheme (uri) : NULL;
  const char *host = uri != NULL ? g_uri_get_host (uri) : NULL;

  return host != NULL && *host != '\0' && (g_str_equal (scheme, "http") || g_str_equal (scheme, "https"));
}

static char *
dup_web_address (JsonObject *object,
                 const char *member)
{
  g_autofree char *address = dup_scalar (object, member);

  return address != NULL && is_web_address (address) ? g_steal_pointer (&address) : NULL;
}

static void
price_item (HandoverCartItem *item)
{
  Decimal quantity;
  Decimal price;

  if (!decimal_parse (item->quantity, &quantity) || !decimal_parse (item->unit_price, &price))
    return;

  guint decimals = price.decimals;
  if (!decimal_multiply (&price, &quantity))
    return;

  decimal_trim (&price, decimals);
  item->line_price = decimal_format (&price);
}

static HandoverCartItem *
cart_item_new (JsonObject *object)
{
  HandoverCartItem *item = g_new0 (HandoverCartItem, 1);

  item->name = dup_scalar (object, "name");
  item->quantity = dup_scalar (object, "quantity");
  item->unit_price = dup_scalar (object, "unit_price");
  item->currency = dup_scalar (object, "currency");
  item->image_url = dup_web_address (object, "image_url");
  item->url = dup_web_address (object, "url");
  if (item->quantity == NULL)
    item->quantity = g_strdup ("1");
  price_item (item);

  return item;
}

static HandoverFact *
find_fact (GPtrArray  *facts,
           const char *name)
{
  for (guint i = 0; i < facts->len; i++)
    {
      HandoverFact *fact = g_ptr_array_index (facts, i);

      if (g_str_equal (fact->name, name))
        return fact;
    }

  return NULL;
}

static void
add_to_totals (HandoverFacts    *self,
               HandoverCartItem *item)
{
  const char *currency = item->currency != NULL ? item->currency : "";
  HandoverFact *total = find_fact (self->totals, currency);
  Decimal price;
  Decimal sum;

  if (!decimal_parse (item->line_price, &price))
    return;
  if (total == NULL)
    {
      add_fact (self->totals, currency, decimal_format (&price));
      return;
    }

  if (decimal_parse (total->value, &sum) && decimal_add (&sum, &price))
    {
      g_free (total->value);
      total->value = decimal_format (&sum);
    }
}

static gboolean
read_cart (HandoverFacts *self,
           JsonNode      *node)
{
  JsonArray *array;

  if (!JSON_NODE_HOLDS_ARRAY (node))
    return FALSE;

  array = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *element = json_array_get_element (array, i);

      if (JSON_NODE_HOLDS_OBJECT (element))
        {
          HandoverCartItem *item = cart_item_new (json_node_get_object (element));

          g_ptr_array_add (self->items, item);
          add_to_totals (self, item);
        }
    }

  /* One price that is no number would make a total that leaves it out a lie. */
  for (guint i = 0; i < self->items->len; i++)
    if (((HandoverCartItem *) g_ptr_array_index (self->items, i))->line_price == NULL)
      g_ptr_array_set_size (self->totals, 0);

  return TRUE;
}

static gboolean
read_links (HandoverFacts *self,
            JsonNode      *node)
{
  JsonArray *array;

  if (!JSON_NODE_HOLDS_ARRAY (node))
    return FALSE;

  array = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *element = json_array_get_element (array, i);
      g_autofree char *title = NULL;
      char *address;

      if (!JSON_NODE_HOLDS_OBJECT (element))
        continue;

      title = dup_scalar (json_node_get_object (element), "title");
      address = dup_web_address (json_node_get_object (element), "url");
      if (address != NULL)
        add_fact (self->links, title != NULL ? title : address, address);
    }

  return TRUE;
}

/* "purchase_date" is a word of programs; people read "Purchase date". */
static char *
humanise (const char *member)
{
  g_autofree char *spaced = g_strdelimit (g_strdup (member), "_-", ' ');
  g_autofree char *first = g_utf8_substring (spaced, 0, g_utf8_strlen (spaced, -1) > 0 ? 1 : 0);
  g_autofree char *upper = g_utf8_strup (first, -1);

  return g_strconcat (upper, spaced + strlen (first), NULL);
}

static void
read_other (HandoverFacts *self,
            const char    *member,
            JsonNode      *node)
{
  g_autofree char *name = humanise (member);
  char *value;

  if (JSON_NODE_HOLDS_NULL (node))
    return;

  value = JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING
            ? json_node_dup_string (node)
            : json_to_string (node, FALSE);
  if (*value == '\0')
    g_free (value);
  else
    add_fact (self->others, name, value);
}

/**
 * handover_facts_new:
 * @metadata: (nullable): a conversation's metadata
 *
 * Reads what an agent knew about its customer. Nothing is refused: what is not what its name promises is shown among
 * the others.
 *
 * Returns: (transfer full): the facts
 */
HandoverFacts *
handover_facts_new (JsonNode *metadata)
{
  HandoverFacts *self = g_new0 (HandoverFacts, 1);
  JsonObjectIter iter;
  const char *member;
  JsonNode *node;

  self->items = g_ptr_array_new_with_free_func ((GDestroyNotify) handover_cart_item_free);
  self->totals = g_ptr_array_new_with_free_func ((GDestroyNotify) handover_fact_free);
  self->links = g_ptr_array_new_with_free_func ((GDestroyNotify) handover_fact_free);
  self->others = g_ptr_array_new_with_free_func ((GDestroyNotify) handover_fact_free);

  if (metadata == NULL || !JSON_NODE_HOLDS_OBJECT (metadata))
    return self;

  self->user_id = dup_scalar (json_node_get_object (metadata), "user_id");
  self->order_number = dup_scalar (json_node_get_object (metadata), "order_number");

  json_object_iter_init_ordered (&iter, json_node_get_object (metadata));
  while (json_object_iter_next_ordered (&iter, &member, &node))
    {
      if ((g_str_equal (member, "user_id") && self->user_id != NULL) ||
          (g_str_equal (member, "order_number") && self->order_number != NULL) ||
          (g_str_equal (member, "cart") && read_cart (self, node)) ||
          (g_str_equal (member, "links") && read_links (self, node)))
        continue;

      read_other (self, member, node);
    }

  return self;
}

/**
 * handover_facts_free:
 * @self: facts
 *
 * Frees what handover_facts_new() returned.
 */
void
handover_facts_free (HandoverFacts *self)
{
  g_free (self->user_id);
  g_free (self->order_number);
  g_ptr_array_unref (self->items);
  g_ptr_array_unref (self->totals);
  g_ptr_array_unref (self->links);
  g_ptr_array_unref (self->others);
  g_free (self);
}
