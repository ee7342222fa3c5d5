/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "config.h"

#include "app/details/handover-fact-row.h"

#include <glib/gi18n.h>

#include "app/handover-wording.h"

struct _HandoverFactRow
{
  AdwBin     parent_instance;

  char      *value;
  char      *copy_label;

  GtkImage  *icon;
  GtkLabel  *label;
  GtkButton *copy;
};

G_DEFINE_FINAL_TYPE (HandoverFactRow, handover_fact_row, ADW_TYPE_BIN)

typedef enum
{
  PROP_ICON_NAME = 1,
  PROP_COPY_LABEL,
} HandoverFactRowProperty;

static GParamSpec *properties[PROP_COPY_LABEL + 1];

static void
copy_cb (HandoverFactRow *self)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), self->value);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s", _("Copied"));
}

static void
handover_fact_row_get_property (GObject    *object,
                                guint       property_id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  HandoverFactRow *self = HANDOVER_FACT_ROW (object);

  switch ((HandoverFactRowProperty) property_id)
    {
    case PROP_ICON_NAME:
      g_value_set_string (value, gtk_image_get_icon_name (self->icon));
      break;
    case PROP_COPY_LABEL:
      g_value_set_string (value, self->copy_label);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
handover_fact_row_set_property (GObject      *object,
                                guint         property_id,
                                const GValue *value,
                                GParamSpec   *pspec)
{
  HandoverFactRow *self = HANDOVER_FACT_ROW (object);

  switch ((HandoverFactRowProperty) property_id)
    {
    case PROP_ICON_NAME:
      gtk_image_set_from_icon_name (self->icon, g_value_get_string (value));
      break;
    case PROP_COPY_LABEL:
      g_set_str (&self->copy_label, g_value_get_string (value));
      gtk_widget_set_tooltip_text (GTK_WIDGET (self->copy), self->copy_label);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->copy), GTK_ACCESSIBLE_PROPERTY_LABEL, self->copy_label, -1);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
handover_fact_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), HANDOVER_TYPE_FACT_ROW);

  G_OBJECT_CLASS (handover_fact_row_parent_class)->dispose (object);
}

static void
handover_fact_row_finalize (GObject *object)
{
  HandoverFactRow *self = HANDOVER_FACT_ROW (object);

  g_clear_pointer (&self->value, g_free);
  g_clear_pointer (&self->copy_label, g_free);

  G_OBJECT_CLASS (handover_fact_row_parent_class)->finalize (object);
}

static void
handover_fact_row_class_init (HandoverFactRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = handover_fact_row_get_property;
  object_class->set_property = handover_fact_row_set_property;
  object_class->dispose = handover_fact_row_dispose;
  object_class->finalize = handover_fact_row_finalize;

  /**
   * HandoverFactRow:icon-name:
   *
   * What kind of fact it is.
   */
  properties[PROP_ICON_NAME] = g_param_spec_string ("icon-name", NULL, NULL, NULL, flags);

  /**
   * HandoverFactRow:copy-label:
   *
   * What the copy button is called.
   */
  properties[PROP_COPY_LABEL] = g_param_spec_string ("copy-label", NULL, NULL, NULL, flags);

  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_BASE "/ui/handover-fact-row.ui");
  gtk_widget_class_bind_template_child (widget_class, HandoverFactRow, icon);
  gtk_widget_class_bind_template_child (widget_class, HandoverFactRow, label);
  gtk_widget_class_bind_template_child (widget_class, HandoverFactRow, copy);
  gtk_widget_class_bind_template_callback (widget_class, copy_cb);
}

static void
handover_fact_row_init (HandoverFactRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * handover_fact_row_set_value:
 * @self: a row
 * @value: (nullable): an address or a number, as given
 *
 * Shows a value that can be copied; without one the row is hidden.
 */
void
handover_fact_row_set_value (HandoverFactRow *self,
                             const char      *value)
{
  g_autofree char *shown = NULL;

  g_return_if_fail (HANDOVER_IS_FACT_ROW (self));

  gtk_widget_set_visible (GTK_WIDGET (self), value != NULL && *value != '\0');
  if (!g_set_str (&self->value, value) || value == NULL)
    return;

  shown = handover_wording_isolate (value);
  gtk_label_set_text (self->label, shown);
}
