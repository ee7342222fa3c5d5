/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "config.h"

#include "app/conversation/handover-template-popover.h"

#include <glib/gi18n.h>

#include "core/handover-template.h"

struct _HandoverTemplatePopover
{
  GtkPopover          parent_instance;

  GtkFilterListModel *filtered;
  GtkCustomFilter    *filter;
  char               *needle;

  GtkSearchEntry     *entry;
  GtkStack           *stack;
  GtkListView        *list;
  GtkLabel           *empty;
};

G_DEFINE_FINAL_TYPE (HandoverTemplatePopover, handover_template_popover, GTK_TYPE_POPOVER)

enum
{
  SIGNAL_PICKED,
  SIGNAL_SLASH,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static gboolean
contains (HandoverTemplatePopover *self,
          const char              *text)
{
  g_autofree char *folded = text != NULL ? g_utf8_casefold (text, -1) : NULL;

  return folded != NULL && strstr (folded, self->needle) != NULL;
}

static gboolean
matches (gpointer item,
         gpointer user_data)
{
  HandoverTemplatePopover *self = HANDOVER_TEMPLATE_POPOVER (user_data);
  HandoverTemplate *template = HANDOVER_TEMPLATE (item);

  return self->needle == NULL || contains (self, template->name) || contains (self, template->shortcut)
         || contains (self, template->text);
}

static void
update_stack (HandoverTemplatePopover *self)
{
  gboolean any = g_list_model_get_n_items (G_LIST_MODEL (self->filtered)) > 0;

  gtk_label_set_text (self->empty, self->needle != NULL ? _("No template matches")
                                                        : _("Templates are replies that you write once. "
                                                            "Your team has none yet."));
  gtk_stack_set_visible_child_name (self->stack, any ? "list" : "empty");
}

static void
pick (HandoverTemplatePopover *self,
      guint                    position)
{
  g_autoptr (HandoverTemplate) template = g_list_model_get_item (G_LIST_MODEL (self->filtered), position);

  if (template == NULL)
    return;

  gtk_popover_popdown (GTK_POPOVER (self));
  g_signal_emit (self, signals[SIGNAL_PICKED], 0, template);
}

static void
search_changed_cb (HandoverTemplatePopover *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->entry));

  g_clear_pointer (&self->needle, g_free);
  if (*text != '\0')
    self->needle = g_utf8_casefold (text, -1);
  gtk_filter_changed (GTK_FILTER (self->filter), GTK_FILTER_CHANGE_DIFFERENT);
  update_stack (self);
}

static void
entry_activate_cb (HandoverTemplatePopover *self)
{
  pick (self, 0);
}

static void
next_match_cb (HandoverTemplatePopover *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->list));
}

static gboolean
key_pressed_cb (HandoverTemplatePopover *self,
                guint                    key,
                guint                    code,
                GdkModifierType          state)
{
  if (key == GDK_KEY_Down || key == GDK_KEY_KP_Down)
    {
      gtk_widget_grab_focus (GTK_WIDGET (self->list));
      return GDK_EVENT_STOP;
    }

  /* Who wanted a slash and nothing else types it twice. */
  if (key == GDK_KEY_slash && *gtk_editable_get_text (GTK_EDITABLE (self->entry)) == '\0')
    {
      gtk_popover_popdown (GTK_POPOVER (self));
      g_signal_emit (self, signals[SIGNAL_SLASH], 0);
      return GDK_EVENT_STOP;
    }

  return GDK_EVENT_PROPAGATE;
}

static void
list_activate_cb (HandoverTemplatePopover *self,
                  guint                    position)
{
  pick (self, position);
}

static GtkWidget *
new_label (const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_single_line_mode (GTK_LABEL (label), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 12);
  gtk_widget_add_css_class (label, css_class);

  return label;
}

static void
setup_cb (HandoverTemplatePopover *self,
          GtkListItem             *item)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);

  gtk_box_append (GTK_BOX (box), new_label ("heading"));
  gtk_box_append (GTK_BOX (box), new_label ("dimmed"));
  gtk_list_item_set_child (item, box);
}

static void
bind_cb (HandoverTemplatePopover *self,
         GtkListItem             *item)
{
  HandoverTemplate *template = HANDOVER_TEMPLATE (gtk_list_item_get_item (item));
  GtkWidget *name = gtk_widget_get_first_child (gtk_list_item_get_child (item));

  gtk_label_set_text (GTK_LABEL (name), template->name);
  gtk_label_set_text (GTK_LABEL (gtk_widget_get_next_sibling (name)), template->text);
  gtk_list_item_set_accessible_label (item, template->name);
  gtk_list_item_set_accessible_description (item, template->text);
}

static void
handover_template_popover_show (GtkWidget *widget)
{
  HandoverTemplatePopover *self = HANDOVER_TEMPLATE_POPOVER (widget);

  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  search_changed_cb (self);
  GTK_WIDGET_CLASS (handover_template_popover_parent_class)->show (widget);
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
}

static void
handover_template_popover_dispose (GObject *object)
{
  HandoverTemplatePopover *self = HANDOVER_TEMPLATE_POPOVER (object);

  if (self->filtered != NULL)
    gtk_filter_list_model_set_filter (self->filtered, NULL);
  g_clear_object (&self->filtered);
  g_clear_object (&self->filter);
  gtk_widget_dispose_template (GTK_WIDGET (self), HANDOVER_TYPE_TEMPLATE_POPOVER);

  G_OBJECT_CLASS (handover_template_popover_parent_class)->dispose (object);
}

static void
handover_template_popover_finalize (GObject *object)
{
  g_clear_pointer (&HANDOVER_TEMPLATE_POPOVER (object)->needle, g_free);

  G_OBJECT_CLASS (handover_template_popover_parent_class)->finalize (object);
}

static void
handover_template_popover_class_init (HandoverTemplatePopoverClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = handover_template_popover_dispose;
  G_OBJECT_CLASS (klass)->finalize = handover_template_popover_finalize;
  widget_class->show = handover_template_popover_show;

  /**
   * HandoverTemplatePopover::picked:
   * @template: what was picked
   *
   * A template is to be inserted.
   */
  signals[SIGNAL_PICKED] = g_signal_new ("picked", HANDOVER_TYPE_TEMPLATE_POPOVER, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                         NULL, G_TYPE_NONE, 1, HANDOVER_TYPE_TEMPLATE);
  /**
   * HandoverTemplatePopover::slash:
   *
   * The writer wants a slash, not a template.
   */
  signals[SIGNAL_SLASH] = g_signal_new ("slash", HANDOVER_TYPE_TEMPLATE_POPOVER, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                        NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_BASE "/ui/handover-template-popover.ui");
  gtk_widget_class_bind_template_child (widget_class, HandoverTemplatePopover, entry);
  gtk_widget_class_bind_template_child (widget_class, HandoverTemplatePopover, stack);
  gtk_widget_class_bind_template_child (widget_class, HandoverTemplatePopover, list);
  gtk_widget_class_bind_template_child (widget_class, HandoverTemplatePopover, empty);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, entry_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, next_match_cb);
  gtk_widget_class_bind_template_callback (widget_class, key_pressed_cb);
  gtk_widget_class_bind_template_callback (widget_class, list_activate_cb);
  gtk_widget_class_bind_template_callback_full (widget_class, "gtk_popover_popdown",
                                                G_CALLBACK (gtk_popover_popdown));
}

static void
handover_template_popover_init (HandoverTemplatePopover *self)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  gtk_widget_init_template (GTK_WIDGET (self));

  self->filter = gtk_custom_filter_new (matches, self, NULL);
  self->filtered = gtk_filter_list_model_new (NULL, g_object_ref (GTK_FILTER (self->filter)));
  g_signal_connect_object (self->filtered, "items-changed", G_CALLBACK (update_stack), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "setup", G_CALLBACK (setup_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "bind", G_CALLBACK (bind_cb), self, G_CONNECT_SWAPPED);
  gtk_list_view_set_factory (self->list, factory);
  {
    g_autoptr (GtkNoSelection) selection = gtk_no_selection_new (g_object_ref (G_LIST_MODEL (self->filtered)));

    gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (selection));
  }
  update_stack (self);
}

/**
 * handover_template_popover_set_model:
 * @self: a popover
 * @templates: (nullable): a list of #HandoverTemplate
 *
 * Says what there is to pick from.
 */
void
handover_template_popover_set_model (HandoverTemplatePopover *self,
                                     GListModel              *templates)
{
  g_return_if_fail (HANDOVER_IS_TEMPLATE_POPOVER (self));

  gtk_filter_list_model_set_model (self->filtered, templates);
}
