/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "config.h"

#include "app/details/handover-receipt-card.h"

#include <glib/gi18n.h>

#include "app/handover-wording.h"

#define LONGEST_ON_ONE_LINE 10

struct _HandoverReceiptCard
{
  AdwBin     parent_instance;

  GtkWidget *items;
  GtkWidget *tear;
  GtkWidget *totals;
};

G_DEFINE_FINAL_TYPE (HandoverReceiptCard, handover_receipt_card, ADW_TYPE_BIN)

static GtkWidget *
create_label (const char *text,
              float       xalign,
              const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), xalign);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  /* Where large text leaves no room for a line, words go below each other. */
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_natural_wrap_mode (GTK_LABEL (label), GTK_NATURAL_WRAP_NONE);
  if (xalign > .5)
    gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_RIGHT);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);

  return label;
}

static GtkWidget *
create_amount (const char *amount,
               const char *currency,
               const char *css_class)
{
  g_autofree char *price = currency != NULL ? g_strdup_printf ("%s %s", amount, currency) : g_strdup (amount);
  g_autofree char *isolated = handover_wording_isolate (price);
  GtkWidget *label = create_label (isolated, 1, "numeric");

  /* A short one stays on its line before a long name does. */
  gtk_label_set_wrap (GTK_LABEL (label), g_utf8_strlen (price, -1) > LONGEST_ON_ONE_LINE);
  gtk_widget_set_valign (label, GTK_ALIGN_START);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);

  return label;
}

static char *
dup_quantity (const HandoverCartItem *item)
{
  g_autofree char *count = NULL;

  if (item->quantity == NULL && item->unit_price == NULL)
    return NULL;

  if (item->unit_price == NULL)
    count = g_strdup_printf ("%s ×", item->quantity);
  else
    count = g_strdup_printf ("%s × %s", item->quantity != NULL ? item->quantity : "1", item->unit_price);

  return handover_wording_isolate (count);
}

static GtkWidget *
create_name (const HandoverCartItem *item)
{
  GtkWidget *label;
  g_autofree char *markup = NULL;

  if (item->url == NULL)
    {
      label = create_label (item->name, 0, NULL);
    }
  else
    {
      markup = g_markup_printf_escaped ("<a href=\"%s\">%s</a>", item->url, item->name);
      label = create_label (NULL, 0, NULL);
      gtk_label_set_markup (GTK_LABEL (label), markup);
    }

  return label;
}

static GtkWidget *
create_item (const HandoverCartItem *item)
{
  GtkWidget *row = g_object_new (GTK_TYPE_BOX, "spacing", 10, "accessible-role", GTK_ACCESSIBLE_ROLE_LIST_ITEM, NULL);
  GtkWidget *icon = g_object_new (GTK_TYPE_IMAGE, "icon-name", "handover-receipt-symbolic",
                                  "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
  GtkWidget *names = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  g_autofree char *quantity = dup_quantity (item);

  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, item->name, -1);
  gtk_widget_add_css_class (icon, "item-picture");
  gtk_widget_set_valign (icon, GTK_ALIGN_START);
  gtk_widget_set_hexpand (names, TRUE);
  gtk_box_append (GTK_BOX (names), create_name (item));
  if (quantity != NULL)
    {
      GtkWidget *label = create_label (quantity, 0, "caption");

      gtk_widget_add_css_class (label, "dimmed");
      gtk_widget_add_css_class (label, "numeric");
      gtk_box_append (GTK_BOX (names), label);
    }

  gtk_box_append (GTK_BOX (row), icon);
  gtk_box_append (GTK_BOX (row), names);
  if (item->line_price != NULL || item->unit_price != NULL)
    gtk_box_append (GTK_BOX (row), create_amount (item->line_price != NULL ? item->line_price : item->unit_price,
                                                  item->currency, NULL));

  return row;
}

static GtkWidget *
create_total (const HandoverFact *total,
              gboolean            first)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  GtkWidget *title = create_label (first ? _("Total") : NULL, 0, "heading");

  gtk_label_set_selectable (GTK_LABEL (title), FALSE);
  gtk_widget_set_hexpand (title, TRUE);
  gtk_box_append (GTK_BOX (row), title);
  gtk_box_append (GTK_BOX (row), create_amount (total->value, total->name, "heading"));

  return row;
}

static void
clear (GtkWidget *box)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (box)) != NULL)
    gtk_box_remove (GTK_BOX (box), child);
}

static void
handover_receipt_card_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), HANDOVER_TYPE_RECEIPT_CARD);

  G_OBJECT_CLASS (handover_receipt_card_parent_class)->dispose (object);
}

static void
handover_receipt_card_class_init (HandoverReceiptCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = handover_receipt_card_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_BASE "/ui/handover-receipt-card.ui");
  gtk_widget_class_bind_template_child (widget_class, HandoverReceiptCard, items);
  gtk_widget_class_bind_template_child (widget_class, HandoverReceiptCard, tear);
  gtk_widget_class_bind_template_child (widget_class, HandoverReceiptCard, totals);
}

static void
handover_receipt_card_init (HandoverReceiptCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * handover_receipt_card_set_facts:
 * @self: a card
 * @facts: what a conversation's metadata says
 *
 * Shows the cart as a receipt, with a total for each currency. Without a cart the card is hidden.
 */
void
handover_receipt_card_set_facts (HandoverReceiptCard *self,
                                 const HandoverFacts *facts)
{
  g_return_if_fail (HANDOVER_IS_RECEIPT_CARD (self));

  clear (self->items);
  clear (self->totals);
  for (guint i = 0; i < facts->items->len; i++)
    gtk_box_append (GTK_BOX (self->items), create_item (g_ptr_array_index (facts->items, i)));
  for (guint i = 0; i < facts->totals->len; i++)
    gtk_box_append (GTK_BOX (self->totals), create_total (g_ptr_array_index (facts->totals, i), i == 0));

  gtk_widget_set_visible (self->tear, facts->totals->len > 0);
  gtk_widget_set_visible (self->totals, facts->totals->len > 0);
  gtk_widget_set_visible (GTK_WIDGET (self), facts->items->len > 0);
}
