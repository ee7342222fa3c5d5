/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "config.h"

#include "app/inbox/handover-conversation-list.h"

#include <glib/gi18n.h>

#include "app/inbox/handover-conversation-row.h"
#include "core/handover-time.h"

/* More rows than this at once are a list that is read, not customers who arrive. */
#define MOST_SLIDING 3

/* The view puts its first row at the top, and its padding above that out of sight. */
#define TOP 16

struct _HandoverConversationList
{
  AdwBin                    parent_instance;

  GListStore               *sections;
  GtkFlattenListModel      *flattened;
  char                     *second_title;
  char                     *operator_id;
  HandoverConversation     *selected;
  GHashTable               *bound_rows;
  guint                     tick_id;
  guint                     arrived;
  gboolean                  changing_sections;

  GtkScrolledWindow        *scroller;
  GtkListView              *view;
  GtkSingleSelection       *selection;
  GtkEventControllerMotion *pointer;
  GtkRevealer              *pill_revealer;
  GtkButton                *pill;
};

G_DEFINE_FINAL_TYPE (HandoverConversationList, handover_conversation_list, ADW_TYPE_BIN)

typedef enum
{
  PROP_SELECTED = 1,
  PROP_N_ITEMS,
} HandoverConversationListProperty;

static GParamSpec *properties[PROP_N_ITEMS + 1];

enum
{
  SIGNAL_ACTIVATED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static gboolean
tick_cb (gpointer user_data)
{
  HandoverConversationList *self = user_data;
  gint64 now = handover_time_now ();
  GHashTableIter iter;
  gpointer row;

  g_hash_table_iter_init (&iter, self->bound_rows);
  while (g_hash_table_iter_next (&iter, &row, NULL))
    handover_conversation_row_tick (row, now);

  return G_SOURCE_CONTINUE;
}

static void
show_arrived (HandoverConversationList *self,
              guint                     arrived)
{
  g_autofree char *text = NULL;

  self->arrived = arrived;
  gtk_revealer_set_reveal_child (self->pill_revealer, arrived > 0);
  gtk_widget_set_can_target (GTK_WIDGET (self->pill_revealer), arrived > 0);
  if (arrived == 0)
    return;

  /* Translators: so many conversations have come to the top of the list, out of sight */
  text = g_strdup_printf (ngettext ("%u new", "%u new", arrived), arrived);
  gtk_button_set_label (self->pill, text);
}

static gboolean
is_at_top (HandoverConversationList *self)
{
  return gtk_adjustment_get_value (gtk_scrolled_window_get_vadjustment (self->scroller)) < TOP;
}

/* Nothing is out of sight otherwise. */
static gboolean
can_scroll (HandoverConversationList *self)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->scroller);

  return gtk_adjustment_get_upper (adjustment) > gtk_adjustment_get_page_size (adjustment);
}

static void
scrolled_cb (HandoverConversationList *self)
{
  if (self->arrived > 0 && is_at_top (self))
    show_arrived (self, 0);
}

static void
pill_clicked_cb (HandoverConversationList *self)
{
  show_arrived (self, 0);
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), 0);
}

static gboolean
find_selected (HandoverConversationList *self,
               guint                     position,
               guint                     count)
{
  for (guint i = position; i < position + count; i++)
    {
      g_autoptr (HandoverConversation) item = g_list_model_get_item (G_LIST_MODEL (self->selection), i);

      if (item == self->selected)
        {
          gtk_single_selection_set_selected (self->selection, i);
          return TRUE;
        }
    }

  return FALSE;
}

static void
slide_in (HandoverConversationList *self,
          guint                     count)
{
  GHashTableIter iter;
  gpointer row;

  for (guint i = 0; i < count; i++)
    {
      g_autoptr (HandoverConversation) item = g_list_model_get_item (G_LIST_MODEL (self->selection), i);

      g_hash_table_iter_init (&iter, self->bound_rows);
      while (g_hash_table_iter_next (&iter, &row, NULL))
        {
          if (handover_conversation_row_get_conversation (row) == item)
            gtk_widget_add_css_class (row, "arriving");
        }
    }
}

/* With nobody in the first section, what comes at the top has only moved to the second. */
static gboolean
is_in_first_section (HandoverConversationList *self)
{
  g_autoptr (GListModel) first = g_list_model_get_item (G_LIST_MODEL (self->sections), 0);

  return first != NULL && g_list_model_get_n_items (first) > 0;
}

/* GtkListView holds the reader's line still, even at the top, where one wants to see what comes; under the pointer
 * nothing may move. */
static void
items_changed_cb (HandoverConversationList *self,
                  guint                     position,
                  guint                     removed,
                  guint                     added)
{
  gboolean pointed = gtk_event_controller_motion_contains_pointer (self->pointer);

  if (self->selected != NULL && gtk_single_selection_get_selected_item (self->selection) != self->selected)
    find_selected (self, position, added);

  if (self->changing_sections)
    return;

  if (added != removed)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_ITEMS]);

  if (position > 0 || added <= removed || !is_in_first_section (self))
    return;

  /* The first rows of all are no news. */
  if (g_list_model_get_n_items (G_LIST_MODEL (self->selection)) == added)
    return;

  if (!can_scroll (self) || (is_at_top (self) && !pointed))
    {
      slide_in (self, MIN (added - removed, MOST_SLIDING));
      gtk_list_view_scroll_to (self->view, 0, GTK_LIST_SCROLL_NONE, NULL);
    }
  else
    show_arrived (self, self->arrived + added - removed);
}

static void
selected_item_changed_cb (HandoverConversationList *self)
{
  HandoverConversation *item = gtk_single_selection_get_selected_item (self->selection);

  /* A row that moves to another section is gone for a moment; what is open stays open. */
  if (item == NULL || self->changing_sections)
    return;

  if (g_set_object (&self->selected, item))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SELECTED]);
}

static void
row_activated_cb (GtkListView              *view,
                  guint                     position,
                  HandoverConversationList *self)
{
  gtk_single_selection_set_selected (self->selection, position);
  g_signal_emit (self, signals[SIGNAL_ACTIVATED], 0);
}

static void
row_released_cb (GtkGestureClick *gesture,
                 int              n_press,
                 double           x,
                 double           y,
                 GtkListItem     *item)
{
  GtkWidget *row = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (gesture));
  GtkWidget *list = gtk_widget_get_ancestor (row, HANDOVER_TYPE_CONVERSATION_LIST);

  if (gtk_widget_contains (row, x, y) && gtk_list_item_get_position (item) != GTK_INVALID_LIST_POSITION)
    row_activated_cb (NULL, gtk_list_item_get_position (item), HANDOVER_CONVERSATION_LIST (list));
}

static void
label_changed_cb (HandoverConversationRow *row,
                  GtkListItem             *item)
{
  g_autofree char *label = handover_conversation_row_dup_label (row);

  gtk_list_item_set_accessible_label (item, label);
}

static void
row_setup_cb (GtkListItemFactory       *factory,
              GtkListItem              *item,
              HandoverConversationList *self)
{
  GtkWidget *row = handover_conversation_row_new ();
  GtkGesture *gesture = gtk_gesture_click_new ();

  /* A click on the row that is already selected opens it too: in a narrow window it is not in sight. */
  g_signal_connect_object (gesture, "released", G_CALLBACK (row_released_cb), item, G_CONNECT_DEFAULT);
  gtk_widget_add_controller (row, GTK_EVENT_CONTROLLER (gesture));
  g_signal_connect_object (row, "label-changed", G_CALLBACK (label_changed_cb), item, G_CONNECT_DEFAULT);
  gtk_list_item_set_child (item, row);
}

static void
row_bind_cb (GtkListItemFactory       *factory,
             GtkListItem              *item,
             HandoverConversationList *self)
{
  HandoverConversationRow *row = HANDOVER_CONVERSATION_ROW (gtk_list_item_get_child (item));

  handover_conversation_row_tick (row, handover_time_now ());
  handover_conversation_row_set_operator_id (row, self->operator_id);
  handover_conversation_row_set_conversation (row, gtk_list_item_get_item (item));
  g_hash_table_add (self->bound_rows, row);
}

static void
row_unbind_cb (GtkListItemFactory       *factory,
               GtkListItem              *item,
               HandoverConversationList *self)
{
  HandoverConversationRow *row = HANDOVER_CONVERSATION_ROW (gtk_list_item_get_child (item));

  g_hash_table_remove (self->bound_rows, row);
  gtk_widget_remove_css_class (GTK_WIDGET (row), "arriving");
  handover_conversation_row_set_conversation (row, NULL);
}

static void
header_start_changed_cb (GtkListHeader            *header,
                         GParamSpec               *pspec,
                         HandoverConversationList *self)
{
  GtkLabel *label = GTK_LABEL (gtk_list_header_get_child (header));
  g_autoptr (GListModel) first = g_list_model_get_item (G_LIST_MODEL (self->sections), 0);
  gboolean second = first != NULL && gtk_list_header_get_start (header) >= g_list_model_get_n_items (first);

  gtk_label_set_text (label, second && self->second_title != NULL ? self->second_title : "");
  gtk_widget_set_visible (GTK_WIDGET (label), second && self->second_title != NULL);
}

static void
header_setup_cb (GtkListItemFactory       *factory,
                 GtkListHeader            *header,
                 HandoverConversationList *self)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "heading");
  gtk_widget_add_css_class (label, "dimmed");
  gtk_widget_add_css_class (label, "section-title");
  gtk_list_header_set_child (header, label);
  g_signal_connect_object (header, "notify::start", G_CALLBACK (header_start_changed_cb), self, G_CONNECT_DEFAULT);
}

static void
header_bind_cb (GtkListItemFactory       *factory,
                GtkListHeader            *header,
                HandoverConversationList *self)
{
  header_start_changed_cb (header, NULL, self);
}

static void
handover_conversation_list_map (GtkWidget *widget)
{
  HandoverConversationList *self = HANDOVER_CONVERSATION_LIST (widget);

  GTK_WIDGET_CLASS (handover_conversation_list_parent_class)->map (widget);

  tick_cb (self);
  self->tick_id = g_timeout_add_seconds (1, tick_cb, self);
}

static void
handover_conversation_list_unmap (GtkWidget *widget)
{
  HandoverConversationList *self = HANDOVER_CONVERSATION_LIST (widget);

  g_clear_handle_id (&self->tick_id, g_source_remove);

  GTK_WIDGET_CLASS (handover_conversation_list_parent_class)->unmap (widget);
}

static void
handover_conversation_list_get_property (GObject    *object,
                                         guint       property_id,
                                         GValue     *value,
                                         GParamSpec *pspec)
{
  HandoverConversationList *self = HANDOVER_CONVERSATION_LIST (object);

  switch ((HandoverConversationListProperty) property_id)
    {
    case PROP_SELECTED:
      g_value_set_object (value, self->selected);
      break;
    case PROP_N_ITEMS:
      g_value_set_uint (value, g_list_model_get_n_items (G_LIST_MODEL (self->selection)));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
handover_conversation_list_set_property (GObject      *object,
                                         guint         property_id,
                                         const GValue *value,
                                         GParamSpec   *pspec)
{
  HandoverConversationList *self = HANDOVER_CONVERSATION_LIST (object);

  switch ((HandoverConversationListProperty) property_id)
    {
    case PROP_SELECTED:
      handover_conversation_list_set_selected (self, g_value_get_object (value));
      break;
    case PROP_N_ITEMS:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
handover_conversation_list_dispose (GObject *object)
{
  HandoverConversationList *self = HANDOVER_CONVERSATION_LIST (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), HANDOVER_TYPE_CONVERSATION_LIST);
  g_clear_object (&self->flattened);
  g_clear_object (&self->sections);
  g_clear_object (&self->selected);

  G_OBJECT_CLASS (handover_conversation_list_parent_class)->dispose (object);
}

static void
handover_conversation_list_finalize (GObject *object)
{
  HandoverConversationList *self = HANDOVER_CONVERSATION_LIST (object);

  g_clear_pointer (&self->bound_rows, g_hash_table_unref);
  g_clear_pointer (&self->second_title, g_free);
  g_clear_pointer (&self->operator_id, g_free);

  G_OBJECT_CLASS (handover_conversation_list_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_BASE "/ui/handover-conversation-list.ui");
  gtk_widget_class_bind_template_child (widget_class, HandoverConversationList, scroller);
  gtk_widget_class_bind_template_child (widget_class, HandoverConversationList, view);
  gtk_widget_class_bind_template_child (widget_class, HandoverConversationList, selection);
  gtk_widget_class_bind_template_child (widget_class, HandoverConversationList, pointer);
  gtk_widget_class_bind_template_child (widget_class, HandoverConversationList, pill_revealer);
  gtk_widget_class_bind_template_child (widget_class, HandoverConversationList, pill);
  gtk_widget_class_bind_template_callback (widget_class, selected_item_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_setup_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_bind_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_unbind_cb);
  gtk_widget_class_bind_template_callback (widget_class, header_setup_cb);
  gtk_widget_class_bind_template_callback (widget_class, header_bind_cb);
  gtk_widget_class_bind_template_callback (widget_class, pill_clicked_cb);
}

static void
handover_conversation_list_class_init (HandoverConversationListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = handover_conversation_list_get_property;
  object_class->set_property = handover_conversation_list_set_property;
  object_class->dispose = handover_conversation_list_dispose;
  object_class->finalize = handover_conversation_list_finalize;
  widget_class->map = handover_conversation_list_map;
  widget_class->unmap = handover_conversation_list_unmap;

  /**
   * HandoverConversationList:selected:
   *
   * The conversation that is open, which need not be in the list.
   */
  properties[PROP_SELECTED] =
    g_param_spec_object ("selected", NULL, NULL, HANDOVER_TYPE_CONVERSATION,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);

  /**
   * HandoverConversationList:n-items:
   *
   * How many conversations there are, in all sections.
   */
  properties[PROP_N_ITEMS] =
    g_param_spec_uint ("n-items", NULL, NULL, 0, G_MAXUINT, 0,
                       G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  /**
   * HandoverConversationList::activated:
   *
   * The selected conversation should be brought into sight.
   */
  signals[SIGNAL_ACTIVATED] = g_signal_new ("activated", HANDOVER_TYPE_CONVERSATION_LIST, G_SIGNAL_RUN_LAST, 0, NULL,
                                            NULL, NULL, G_TYPE_NONE, 0);

  bind_template (widget_class);
}

static void
handover_conversation_list_init (HandoverConversationList *self)
{
  GtkAdjustment *adjustment;

  self->bound_rows = g_hash_table_new (NULL, NULL);
  self->sections = g_list_store_new (G_TYPE_LIST_MODEL);
  self->flattened = gtk_flatten_list_model_new (g_object_ref (G_LIST_MODEL (self->sections)));

  gtk_widget_init_template (GTK_WIDGET (self));

  /* After the view's own handler, which has moved its place by then. */
  g_signal_connect_object (self->selection, "items-changed", G_CALLBACK (items_changed_cb), self, G_CONNECT_SWAPPED);
  adjustment = gtk_scrolled_window_get_vadjustment (self->scroller);
  g_signal_connect_object (adjustment, "value-changed", G_CALLBACK (scrolled_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (adjustment, "changed", G_CALLBACK (scrolled_cb), self, G_CONNECT_SWAPPED);
}

/**
 * handover_conversation_list_set_sections:
 * @self: a list
 * @first: (nullable): the conversations of the view
 * @second: (nullable): more of them, below
 * @second_title: (nullable): what those are
 *
 * Shows other conversations. The open one stays selected if it is among them.
 */
void
handover_conversation_list_set_sections (HandoverConversationList *self,
                                         GListModel               *first,
                                         GListModel               *second,
                                         const char               *second_title)
{
  gpointer models[] = { first, second };

  g_return_if_fail (HANDOVER_IS_CONVERSATION_LIST (self));
  g_return_if_fail (first != NULL || second == NULL);

  /* Taking the model away first spares the selection and the view a search for rows that moved. */
  self->changing_sections = TRUE;
  gtk_single_selection_set_model (self->selection, NULL);
  g_set_str (&self->second_title, second_title);
  g_list_store_splice (self->sections, 0, g_list_model_get_n_items (G_LIST_MODEL (self->sections)), models,
                       second != NULL ? 2 : first != NULL ? 1 : 0);
  gtk_single_selection_set_model (self->selection, G_LIST_MODEL (self->flattened));
  self->changing_sections = FALSE;

  show_arrived (self, 0);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_ITEMS]);
}

/**
 * handover_conversation_list_set_operator_id:
 * @self: a list
 * @operator_id: (nullable): who reads this
 *
 * Says whose words are "You".
 */
void
handover_conversation_list_set_operator_id (HandoverConversationList *self,
                                            const char               *operator_id)
{
  GHashTableIter iter;
  gpointer row;

  g_return_if_fail (HANDOVER_IS_CONVERSATION_LIST (self));

  if (!g_set_str (&self->operator_id, operator_id))
    return;

  g_hash_table_iter_init (&iter, self->bound_rows);
  while (g_hash_table_iter_next (&iter, &row, NULL))
    handover_conversation_row_set_operator_id (row, operator_id);
}

/**
 * handover_conversation_list_get_selected:
 * @self: a list
 *
 * Gets the open conversation.
 *
 * Returns: (transfer none) (nullable): the conversation
 */
HandoverConversation *
handover_conversation_list_get_selected (HandoverConversationList *self)
{
  g_return_val_if_fail (HANDOVER_IS_CONVERSATION_LIST (self), NULL);

  return self->selected;
}

/**
 * handover_conversation_list_set_selected:
 * @self: a list
 * @conversation: (nullable): the conversation that is open
 *
 * Marks the open conversation, now and whenever it comes into the list.
 */
void
handover_conversation_list_set_selected (HandoverConversationList *self,
                                         HandoverConversation     *conversation)
{
  g_return_if_fail (HANDOVER_IS_CONVERSATION_LIST (self));

  if (!g_set_object (&self->selected, conversation))
    return;

  if (gtk_single_selection_get_selected_item (self->selection) != conversation &&
      (conversation == NULL || !find_selected (self, 0, g_list_model_get_n_items (G_LIST_MODEL (self->selection)))))
    gtk_single_selection_set_selected (self->selection, GTK_INVALID_LIST_POSITION);

  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SELECTED]);
}

/**
 * handover_conversation_list_move:
 * @self: a list
 * @step: 1 for the next conversation, -1 for the previous one
 *
 * Selects a neighbour of the selected conversation; the first one if none is selected.
 */
void
handover_conversation_list_move (HandoverConversationList *self,
                                 int                       step)
{
  guint n_items = g_list_model_get_n_items (G_LIST_MODEL (self->selection));
  guint position = gtk_single_selection_get_selected (self->selection);

  g_return_if_fail (HANDOVER_IS_CONVERSATION_LIST (self));

  if (n_items == 0)
    return;

  if (position == GTK_INVALID_LIST_POSITION)
    position = 0;
  else if ((step < 0 && position > 0) || (step > 0 && position + 1 < n_items))
    position += step;

  gtk_list_view_scroll_to (self->view, position, GTK_LIST_SCROLL_SELECT, NULL);
}
