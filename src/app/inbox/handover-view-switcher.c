/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "config.h"

#include "app/inbox/handover-view-switcher.h"

#include <glib/gi18n.h>

#include "app/handover-menus.h"

/* Waiting and Mine are always at hand; the third toggle is whichever of the others was chosen last from the menu.
 * Where toggles have no room, one button says what is shown and lists all. */
struct _HandoverViewSwitcher
{
  AdwBin          parent_instance;

  HandoverView    view;
  HandoverView    other_view;

  guint           waiting;
  guint           mine;

  GtkMenuButton  *narrow_button;
  AdwToggleGroup *toggles;
  AdwToggle      *other_toggle;
  GtkLabel       *waiting_count;
  GtkLabel       *mine_count;
};

G_DEFINE_FINAL_TYPE (HandoverViewSwitcher, handover_view_switcher, ADW_TYPE_BIN)

typedef enum
{
  PROP_VIEW = 1,
  PROP_NARROW,
} HandoverViewSwitcherProperty;

static GParamSpec *properties[PROP_NARROW + 1];

static void
update_narrow_button (HandoverViewSwitcher *self)
{
  const char *title = handover_view_switcher_get_title (self->view);
  guint count = self->view == HANDOVER_VIEW_WAITING ? self->waiting : self->view == HANDOVER_VIEW_MINE ? self->mine : 0;
  g_autofree char *label = count > 0 ? g_strdup_printf ("%s · %u", title, count) : g_strdup (title);

  gtk_menu_button_set_label (self->narrow_button, label);
}

static void
update_toggles (HandoverViewSwitcher *self)
{
  gboolean named = self->view == HANDOVER_VIEW_WAITING || self->view == HANDOVER_VIEW_MINE;

  if (!named)
    {
      self->other_view = self->view;
      adw_toggle_set_label (self->other_toggle, handover_view_switcher_get_title (self->view));
    }

  adw_toggle_group_set_active_name (self->toggles, named ? handover_view_to_nick (self->view) : "other");
  update_narrow_button (self);
}

static void
toggled_cb (HandoverViewSwitcher *self)
{
  const char *name = adw_toggle_group_get_active_name (self->toggles);
  HandoverView view;

  if (g_strcmp0 (name, "other") == 0)
    handover_view_switcher_set_view (self, self->other_view);
  else if (name != NULL && handover_view_from_nick (name, &view))
    handover_view_switcher_set_view (self, view);
}

static void
set_count (GtkLabel *label,
           guint     count)
{
  g_autofree char *text = g_strdup_printf ("%u", count);

  gtk_label_set_text (label, text);
  gtk_widget_set_visible (GTK_WIDGET (label), count > 0);
}

static void
handover_view_switcher_get_property (GObject    *object,
                                     guint       property_id,
                                     GValue     *value,
                                     GParamSpec *pspec)
{
  HandoverViewSwitcher *self = HANDOVER_VIEW_SWITCHER (object);

  switch ((HandoverViewSwitcherProperty) property_id)
    {
    case PROP_VIEW:
      g_value_set_int (value, self->view);
      break;
    case PROP_NARROW:
      g_value_set_boolean (value, gtk_widget_get_visible (GTK_WIDGET (self->narrow_button)));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
handover_view_switcher_set_property (GObject      *object,
                                     guint         property_id,
                                     const GValue *value,
                                     GParamSpec   *pspec)
{
  HandoverViewSwitcher *self = HANDOVER_VIEW_SWITCHER (object);

  switch ((HandoverViewSwitcherProperty) property_id)
    {
    case PROP_VIEW:
      handover_view_switcher_set_view (self, g_value_get_int (value));
      break;
    case PROP_NARROW:
      gtk_widget_set_visible (GTK_WIDGET (self->narrow_button), g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
handover_view_switcher_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), HANDOVER_TYPE_VIEW_SWITCHER);

  G_OBJECT_CLASS (handover_view_switcher_parent_class)->dispose (object);
}

static void
handover_view_switcher_class_init (HandoverViewSwitcherClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = handover_view_switcher_get_property;
  object_class->set_property = handover_view_switcher_set_property;
  object_class->dispose = handover_view_switcher_dispose;

  /**
   * HandoverViewSwitcher:view:
   *
   * The view that is chosen, a [enum@View].
   */
  properties[PROP_VIEW] =
    g_param_spec_int ("view", NULL, NULL, HANDOVER_VIEW_WAITING, HANDOVER_N_VIEWS - 1, HANDOVER_VIEW_WAITING,
                      G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);

  /**
   * HandoverViewSwitcher:narrow:
   *
   * Whether there is room for one button only.
   */
  properties[PROP_NARROW] =
    g_param_spec_boolean ("narrow", NULL, NULL, FALSE, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_BASE "/ui/handover-view-switcher.ui");
  gtk_widget_class_bind_template_child (widget_class, HandoverViewSwitcher, narrow_button);
  gtk_widget_class_bind_template_child (widget_class, HandoverViewSwitcher, toggles);
  gtk_widget_class_bind_template_child (widget_class, HandoverViewSwitcher, other_toggle);
  gtk_widget_class_bind_template_child (widget_class, HandoverViewSwitcher, waiting_count);
  gtk_widget_class_bind_template_child (widget_class, HandoverViewSwitcher, mine_count);
  gtk_widget_class_bind_template_callback (widget_class, handover_menus_name_items);
  gtk_widget_class_bind_template_callback (widget_class, toggled_cb);
}

static void
handover_view_switcher_init (HandoverViewSwitcher *self)
{
  self->view = HANDOVER_VIEW_WAITING;
  self->other_view = HANDOVER_VIEW_TEAM;
  gtk_widget_init_template (GTK_WIDGET (self));
  update_narrow_button (self);
}

/**
 * handover_view_switcher_get_view:
 * @self: a switcher
 *
 * Gets the view that is chosen.
 *
 * Returns: the view
 */
HandoverView
handover_view_switcher_get_view (HandoverViewSwitcher *self)
{
  g_return_val_if_fail (HANDOVER_IS_VIEW_SWITCHER (self), HANDOVER_VIEW_WAITING);

  return self->view;
}

/**
 * handover_view_switcher_set_view:
 * @self: a switcher
 * @view: a view
 *
 * Chooses a view.
 */
void
handover_view_switcher_set_view (HandoverViewSwitcher *self,
                                 HandoverView          view)
{
  g_return_if_fail (HANDOVER_IS_VIEW_SWITCHER (self));

  if (self->view == view)
    return;

  self->view = view;
  update_toggles (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_VIEW]);
}

/**
 * handover_view_switcher_set_counts:
 * @self: a switcher
 * @waiting: how many customers wait
 * @mine: how many customers the operator answers
 *
 * Shows how many conversations are in the views that matter.
 */
void
handover_view_switcher_set_counts (HandoverViewSwitcher *self,
                                   guint                 waiting,
                                   guint                 mine)
{
  g_return_if_fail (HANDOVER_IS_VIEW_SWITCHER (self));

  self->waiting = waiting;
  self->mine = mine;
  set_count (self->waiting_count, waiting);
  set_count (self->mine_count, mine);
  update_narrow_button (self);
}

/**
 * handover_view_switcher_get_title:
 * @view: a view
 *
 * Says what a view is called.
 *
 * Returns: its title
 */
const char *
handover_view_switcher_get_title (HandoverView view)
{
  switch (view)
    {
    case HANDOVER_VIEW_WAITING:
      return _("Waiting");
    case HANDOVER_VIEW_MINE:
      return _("Mine");
    case HANDOVER_VIEW_TEAM:
      return _("Team");
    case HANDOVER_VIEW_AGENT:
      return _("With AI");
    case HANDOVER_VIEW_CLOSED:
      return _("Closed");
    case HANDOVER_VIEW_ALL:
    case HANDOVER_N_VIEWS:
    default:
      return _("All");
    }
}
