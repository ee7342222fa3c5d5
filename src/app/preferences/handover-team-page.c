/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "app/preferences/handover-team-page.h"

#include <glib/gi18n.h>

#include "app/handover-menus.h"
#include "app/handover-wording.h"
#include "app/preferences/handover-invite-dialog.h"
#include "app/preferences/handover-preferences-dialog.h"
#include "client/handover-actions.h"
#include "client/store/handover-mirror.h"
#include "config.h"
#include "core/handover-enum-types.h"

struct _HandoverTeamPage
{
  AdwPreferencesPage parent_instance;

  GtkListBox *list;
  GtkWidget *invite_group;

  HandoverAccount *account;
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (HandoverTeamPage, handover_team_page, ADW_TYPE_PREFERENCES_PAGE)

static void
set_role_cb (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  HandoverTeamPage *self = HANDOVER_TEAM_PAGE (widget);
  const char *operator_id;
  const char *role;

  g_variant_get (parameter, "(&s&s)", &operator_id, &role);
  handover_actions_set_role_async (self->account, operator_id, handover_enum_from_nick (HANDOVER_TYPE_ROLE, role),
                                   self->cancellable, handover_preferences_dialog_report_cb, g_object_ref (self));
}

static void
set_active_cb (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  HandoverTeamPage *self = HANDOVER_TEAM_PAGE (widget);
  const char *operator_id;
  gboolean active;

  g_variant_get (parameter, "(&sb)", &operator_id, &active);
  handover_actions_set_active_async (self->account, operator_id, active, self->cancellable,
                                     handover_preferences_dialog_report_cb, g_object_ref (self));
}

static void
append_action (GMenu      *menu,
               const char *label,
               const char *action_name,
               GVariant   *target)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target_value (item, action_name, target);
  g_menu_append_item (menu, item);
}

static GMenuModel *
make_menu (HandoverOperator *operator)
{
  GMenu *menu = g_menu_new ();

  if (!operator->active)
    {
      append_action (menu, _("_Activate"), "team.set-active", g_variant_new ("(sb)", operator->id, TRUE));
      return G_MENU_MODEL (menu);
    }

  if (operator->role != HANDOVER_ROLE_ADMIN)
    append_action (menu, _("Make an _Admin"), "team.set-role", g_variant_new ("(ss)", operator->id, "admin"));
  if (operator->role != HANDOVER_ROLE_OPERATOR)
    append_action (menu, _("Make an _Operator"), "team.set-role", g_variant_new ("(ss)", operator->id, "operator"));
  append_action (menu, _("_Deactivate"), "team.set-active", g_variant_new ("(sb)", operator->id, FALSE));
  return G_MENU_MODEL (menu);
}

static char *
describe (HandoverOperator *operator)
{
  if (!operator->active)
    /* Translators: the state of a colleague who may no longer sign in. %s is a role. */
    return g_strdup_printf (_("%s, deactivated"), handover_wording_role (operator->role));

  /* Translators: a colleague's role, email address and presence. */
  return g_strdup_printf (_("%s · %s · %s"), handover_wording_role (operator->role),
                          operator->email != NULL ? operator->email : "",
                          handover_wording_presence (operator->presence));
}

static void
update_row (AdwActionRow     *row,
            HandoverOperator *operator)
{
  g_autofree char *subtitle = describe (operator);
  GtkMenuButton *button = g_object_get_data (G_OBJECT (row), "menu-button");

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), operator->name);
  adw_action_row_set_subtitle (row, subtitle);
  if (button != NULL)
    {
      g_autoptr (GMenuModel) menu = make_menu (operator);
      /* Translators: what a menu button is for; %s is a colleague */
      g_autofree char *label = g_strdup_printf (_("Change %s"), operator->name);

      gtk_menu_button_set_menu_model (button, menu);
      gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
    }
}

static void
operator_notify_cb (HandoverOperator *operator,
                    GParamSpec       *pspec,
                    AdwActionRow     *row)
{
  update_row (row, operator);
}

static gboolean
may_change (HandoverTeamPage *self,
            HandoverOperator *operator)
{
  HandoverOperator *me = handover_account_get_operator (self->account);

  return me->role >= HANDOVER_ROLE_ADMIN && g_strcmp0 (me->id, operator->id) != 0 && operator->role <= me->role;
}

static GtkWidget *
create_row_cb (gpointer item,
               gpointer user_data)
{
  HandoverTeamPage *self = user_data;
  HandoverOperator *operator = HANDOVER_OPERATOR (item);
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *avatar = g_object_new (ADW_TYPE_AVATAR, "size", 32, "text", operator->name, "show-initials", TRUE,
                                    "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), avatar);
  if (may_change (self, operator))
    {
      GtkWidget *button = gtk_menu_button_new ();

      gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "view-more-symbolic");
      g_signal_connect (button, "notify::active", G_CALLBACK (handover_menus_name_items), NULL);
      gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
      gtk_widget_add_css_class (button, "flat");
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
      g_object_set_data (G_OBJECT (row), "menu-button", button);
    }

  update_row (ADW_ACTION_ROW (row), operator);
  g_signal_connect_object (operator, "notify", G_CALLBACK (operator_notify_cb), row, G_CONNECT_DEFAULT);
  return row;
}

static void
invite_cb (HandoverTeamPage *self)
{
  adw_dialog_present (ADW_DIALOG (handover_invite_dialog_new (self->account)), GTK_WIDGET (self));
}

static void
handover_team_page_dispose (GObject *object)
{
  HandoverTeamPage *self = HANDOVER_TEAM_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->list != NULL)
    gtk_list_box_bind_model (self->list, NULL, NULL, NULL, NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), HANDOVER_TYPE_TEAM_PAGE);
  g_clear_object (&self->account);

  G_OBJECT_CLASS (handover_team_page_parent_class)->dispose (object);
}

static void
handover_team_page_class_init (HandoverTeamPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = handover_team_page_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_BASE "/ui/handover-team-page.ui");
  gtk_widget_class_bind_template_child (widget_class, HandoverTeamPage, list);
  gtk_widget_class_bind_template_child (widget_class, HandoverTeamPage, invite_group);
  gtk_widget_class_bind_template_callback (widget_class, invite_cb);
  gtk_widget_class_install_action (widget_class, "team.set-role", "(ss)", set_role_cb);
  gtk_widget_class_install_action (widget_class, "team.set-active", "(sb)", set_active_cb);
}

static void
handover_team_page_init (HandoverTeamPage *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * handover_team_page_set_account:
 * @self: the page
 * @account: the signed-in account
 *
 * Shows the account's colleagues. To be called once.
 */
void
handover_team_page_set_account (HandoverTeamPage *self,
                                HandoverAccount  *account)
{
  HandoverMirror *mirror = handover_account_get_mirror (account);

  g_set_object (&self->account, account);
  gtk_list_box_bind_model (self->list, handover_mirror_get_operators (mirror), create_row_cb, self, NULL);
  gtk_widget_set_visible (self->invite_group, handover_account_get_operator (account)->role >= HANDOVER_ROLE_ADMIN);
}
