/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "config.h"

#include "app/conversation/handover-side-layout.h"

/* Lays children out below each other, on one side, each as wide as it would like to be.
 *
 * An alignment of the children would do that as well, but GTK then asks for the least width that keeps the height, for
 * which a label lays its text out some twenty times. */
struct _HandoverSideLayout
{
  GtkLayoutManager parent_instance;

  GtkAlign         side;
};

G_DEFINE_FINAL_TYPE (HandoverSideLayout, handover_side_layout, GTK_TYPE_LAYOUT_MANAGER)

static int
get_child_width (HandoverSideLayout *self,
                 GtkWidget          *child,
                 int                 width)
{
  int natural;

  if (self->side == GTK_ALIGN_FILL)
    return width;

  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural, NULL, NULL);

  return MIN (natural, width);
}

static GtkSizeRequestMode
handover_side_layout_get_request_mode (GtkLayoutManager *manager,
                                       GtkWidget        *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
handover_side_layout_measure (GtkLayoutManager *manager,
                              GtkWidget        *widget,
                              GtkOrientation    orientation,
                              int               for_size,
                              int              *minimum,
                              int              *natural,
                              int              *minimum_baseline,
                              int              *natural_baseline)
{
  HandoverSideLayout *self = HANDOVER_SIDE_LAYOUT (manager);

  *minimum = *natural = 0;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      int child_minimum, child_natural;

      if (!gtk_widget_should_layout (child))
        continue;

      if (orientation == GTK_ORIENTATION_HORIZONTAL)
        {
          gtk_widget_measure (child, orientation, -1, &child_minimum, &child_natural, NULL, NULL);
          *minimum = MAX (*minimum, child_minimum);
          *natural = MAX (*natural, child_natural);
        }
      else
        {
          int width = for_size < 0 ? -1 : get_child_width (self, child, for_size);

          gtk_widget_measure (child, orientation, width, &child_minimum, &child_natural, NULL, NULL);
          *minimum += child_minimum;
          *natural += child_natural;
        }
    }
}

static void
handover_side_layout_allocate (GtkLayoutManager *manager,
                               GtkWidget        *widget,
                               int               width,
                               int               height,
                               int               baseline)
{
  HandoverSideLayout *self = HANDOVER_SIDE_LAYOUT (manager);
  gboolean on_the_right = (self->side == GTK_ALIGN_END) != (gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL);
  int y = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkAllocation place = { 0, y, 0, 0 };

      if (!gtk_widget_should_layout (child))
        continue;

      place.width = get_child_width (self, child, width);
      gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, place.width, NULL, &place.height, NULL, NULL);
      if (on_the_right)
        place.x = width - place.width;
      gtk_widget_size_allocate (child, &place, -1);
      y += place.height;
    }
}

static void
handover_side_layout_class_init (HandoverSideLayoutClass *klass)
{
  GtkLayoutManagerClass *manager_class = GTK_LAYOUT_MANAGER_CLASS (klass);

  manager_class->get_request_mode = handover_side_layout_get_request_mode;
  manager_class->measure = handover_side_layout_measure;
  manager_class->allocate = handover_side_layout_allocate;
}

static void
handover_side_layout_init (HandoverSideLayout *self)
{
  self->side = GTK_ALIGN_FILL;
}

/**
 * handover_side_layout_set_side:
 * @self: a layout
 * @side: %GTK_ALIGN_START, %GTK_ALIGN_END, or %GTK_ALIGN_FILL for children as wide as the widget
 *
 * Says on which side the children are.
 */
void
handover_side_layout_set_side (HandoverSideLayout *self,
                               GtkAlign            side)
{
  g_return_if_fail (HANDOVER_IS_SIDE_LAYOUT (self));

  self->side = side;
  gtk_layout_manager_layout_changed (GTK_LAYOUT_MANAGER (self));
}
