/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "config.h"

#include "app/account/handover-sign-in-page.h"

#include <glib/gi18n.h>

#include "app/handover-announce.h"
#include "app/handover-busy.h"
#include "app/handover-menus.h"
#include "client/handover-local-service.h"
#include "core/handover-problem.h"

typedef enum
{
  MODE_SIGN_IN,
  MODE_SIGN_UP,
  MODE_INVITE,
  N_MODES
} Mode;

static const char *const mode_names[N_MODES] = { "sign-in", "sign-up", "invite" };

struct _HandoverSignInPage
{
  AdwBin        parent_instance;

  Mode          mode;
  gboolean      local;
  GCancellable *cancellable;

  AdwBanner    *reason;
  GtkImage     *logo;
  GtkLabel     *title;
  GtkWidget    *about_local;
  GtkWidget    *service_group;
  GtkWidget    *service_row;
  GtkWidget    *invite_row;
  GtkWidget    *business_row;
  GtkWidget    *name_row;
  GtkWidget    *email_row;
  GtkWidget    *password_row;
  GtkLabel     *problem;
  GtkButton    *submit;
  GtkWidget    *busy;
  GtkWidget    *others;
  GtkWidget    *to_service;
  GtkWidget    *to_sign_in;
  GtkWidget    *to_sign_up;
  GtkWidget    *to_invite;
  GtkWidget    *local_group;
};

G_DEFINE_FINAL_TYPE (HandoverSignInPage, handover_sign_in_page, ADW_TYPE_BIN)

enum
{
  SIGNAL_OPENED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static char *
dup_text (GtkWidget *row)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (row))));
}

static void
clear_problem (HandoverSignInPage *self)
{
  GtkWidget *rows[] = { self->service_row, self->invite_row, self->business_row,
                        self->name_row, self->email_row, self->password_row };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      gtk_widget_remove_css_class (rows[i], "error");
      gtk_accessible_reset_state (GTK_ACCESSIBLE (rows[i]), GTK_ACCESSIBLE_STATE_INVALID);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->problem), FALSE);
}

static void
show_problem (HandoverSignInPage *self,
              GtkWidget          *row,
              const char         *text)
{
  clear_problem (self);
  gtk_label_set_text (self->problem, text);
  gtk_widget_set_visible (GTK_WIDGET (self->problem), TRUE);
  handover_announce (GTK_WIDGET (self), text, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
  if (row == NULL)
    return;

  gtk_widget_add_css_class (row, "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_STATE_INVALID, GTK_ACCESSIBLE_INVALID_TRUE, -1);
  gtk_widget_grab_focus (row);
}

static void
set_busy (HandoverSignInPage *self,
          gboolean            busy,
          gboolean            again)
{
  GtkWidget *rows[] = { self->service_row, self->invite_row, self->business_row,
                        self->name_row, self->email_row, self->password_row, self->others, self->local_group };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      if (busy)
        handover_busy_begin (rows[i]);
      else
        handover_busy_end (rows[i], again);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->submit), !busy);
  gtk_widget_set_visible (self->busy, busy);
}

static void
set_mode (HandoverSignInPage *self,
          Mode                mode)
{
  const char *titles[N_MODES] = { _("Sign In to Handover"), _("A New Desk"), _("Join Your Team") };
  const char *local_titles[N_MODES] = { _("Sign In on This Computer"), _("Start on This Computer"), _("Join Your Team") };
  const char *buttons[N_MODES] = { _("Sign In"), _("Create Account"), _("Join") };

  self->mode = mode;
  gtk_label_set_text (self->title, self->local ? local_titles[mode] : titles[mode]);
  gtk_widget_set_visible (self->about_local, self->local && mode == MODE_SIGN_UP);
  gtk_widget_set_visible (self->service_group, !self->local);
  gtk_widget_set_visible (self->local_group, !self->local && mode == MODE_SIGN_IN);
  gtk_widget_set_visible (self->to_service, self->local);
  gtk_button_set_label (self->submit, buttons[mode]);
  gtk_widget_set_visible (self->invite_row, mode == MODE_INVITE);
  gtk_widget_set_visible (self->business_row, mode == MODE_SIGN_UP);
  gtk_widget_set_visible (self->name_row, mode != MODE_SIGN_IN);
  gtk_widget_set_visible (self->to_sign_in, mode != MODE_SIGN_IN);
  gtk_widget_set_visible (self->to_sign_up, mode != MODE_SIGN_UP);
  gtk_widget_set_visible (self->to_invite, mode != MODE_INVITE && !self->local);
  clear_problem (self);
}

/* Whether the service on this computer was used before, so that there is somebody who can sign in to it. */
static void
set_local (HandoverSignInPage *self,
           gboolean            local)
{
  gboolean used = handover_local_service_get_port (handover_local_service_get_default ()) != 0;

  self->local = local;
  set_mode (self, local && !used ? MODE_SIGN_UP : MODE_SIGN_IN);
}

static void
local_action_cb (GtkWidget  *widget,
                 const char *action_name,
                 GVariant   *parameter)
{
  HandoverSignInPage *self = HANDOVER_SIGN_IN_PAGE (widget);

  set_local (self, g_variant_get_boolean (parameter));
  if (!self->local)
    gtk_widget_grab_focus (self->service_row);
  else
    gtk_widget_grab_focus (self->mode == MODE_SIGN_UP ? self->business_row : self->email_row);
}

static void
mode_action_cb (GtkWidget  *widget,
                const char *action_name,
                GVariant   *parameter)
{
  const char *name = g_variant_get_string (parameter, NULL);

  for (Mode mode = MODE_SIGN_IN; mode < N_MODES; mode++)
    {
      if (g_str_equal (name, mode_names[mode]))
        set_mode (HANDOVER_SIGN_IN_PAGE (widget), mode);
    }
}

static void
edited_cb (HandoverSignInPage *self)
{
  clear_problem (self);
}

static void
cancel_cb (HandoverSignInPage *self)
{
  g_cancellable_cancel (self->cancellable);
}

/* What went wrong, in words that say what to do, and at which row. */
static void
show_error (HandoverSignInPage *self,
            const GError       *error)
{
  if (error->domain != HANDOVER_PROBLEM)
    {
      show_problem (self, NULL, error->message);
      return;
    }

  switch ((HandoverProblem) error->code)
    {
    case HANDOVER_PROBLEM_INVALID_CREDENTIALS:
      show_problem (self, self->password_row, _("Email and password do not match. Check both and try again."));
      break;
    case HANDOVER_PROBLEM_UNREACHABLE:
    case HANDOVER_PROBLEM_UNEXPECTED_ANSWER:
      show_problem (self, self->local ? NULL : self->service_row, error->message);
      break;
    case HANDOVER_PROBLEM_EMAIL_TAKEN:
      show_problem (self, self->email_row, error->message);
      break;
    case HANDOVER_PROBLEM_INVITE_INVALID:
      show_problem (self, self->invite_row, error->message);
      break;
    default:
      show_problem (self, NULL, error->message);
    }
}

static void
opened_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (HandoverSignInPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (HandoverAccount) account = handover_account_open_finish (result, &error);

  g_clear_object (&self->cancellable);
  if (!gtk_widget_in_destruction (GTK_WIDGET (self)) && self->submit != NULL)
    set_busy (self, FALSE, account == NULL);

  if (account != NULL)
    {
      gtk_editable_set_text (GTK_EDITABLE (self->password_row), "");
      /* Whoever comes back to this page has an account now. */
      set_mode (self, MODE_SIGN_IN);
      handover_sign_in_page_set_reason (self, NULL);
      g_signal_emit (self, signals[SIGNAL_OPENED], 0, account);
    }
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      show_error (self, error);
    }
}

static gboolean
require (HandoverSignInPage *self,
         GtkWidget          *row,
         const char         *text)
{
  g_autofree char *value = dup_text (row);

  if (!gtk_widget_is_visible (row) || *value != '\0')
    return TRUE;

  show_problem (self, row, text);

  return FALSE;
}

static gboolean
check (HandoverSignInPage *self)
{
  g_autofree char *email = dup_text (self->email_row);

  if (!require (self, self->service_row, _("Enter the address of your Handover service.")) ||
      !require (self, self->invite_row, _("Enter the invite that you were sent.")) ||
      !require (self, self->business_row, _("Enter the name of your business.")) ||
      !require (self, self->name_row, _("Enter your name; customers see it.")) ||
      !require (self, self->email_row, _("Enter your email address.")))
    return FALSE;

  if (strchr (email, '@') == NULL)
    {
      show_problem (self, self->email_row, _("This is not an email address."));
      return FALSE;
    }

  return require (self, self->password_row, _("Enter your password."));
}

static void
open_account (HandoverSignInPage *self)
{
  g_autofree char *service = self->local ? g_strdup (HANDOVER_LOCAL_SERVICE_NAME) : dup_text (self->service_row);
  g_autofree char *invite = dup_text (self->invite_row);
  g_autofree char *business = dup_text (self->business_row);
  g_autofree char *name = dup_text (self->name_row);
  g_autofree char *email = dup_text (self->email_row);
  const char *password = gtk_editable_get_text (GTK_EDITABLE (self->password_row));

  switch (self->mode)
    {
    case MODE_SIGN_UP:
      handover_account_sign_up_async (service, business, name, email, password, self->cancellable, opened_cb,
                                      g_object_ref (self));
      break;
    case MODE_INVITE:
      handover_account_accept_invite_async (service, invite, name, email, password, self->cancellable, opened_cb,
                                            g_object_ref (self));
      break;
    case MODE_SIGN_IN:
    case N_MODES:
    default:
      handover_account_sign_in_async (service, email, password, self->cancellable, opened_cb, g_object_ref (self));
    }
}

static void
local_started_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  HandoverLocalService *service = HANDOVER_LOCAL_SERVICE (source);
  g_autoptr (HandoverSignInPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  if (handover_local_service_start_finish (service, result, &error))
    {
      open_account (self);
      return;
    }

  g_clear_object (&self->cancellable);
  if (gtk_widget_in_destruction (GTK_WIDGET (self)) || self->submit == NULL)
    return;

  set_busy (self, FALSE, TRUE);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  /* Nobody waits for it any longer. */
  handover_local_service_stop_async (service, NULL, NULL);
  /* Translators: %s is a sentence that says why */
  text = g_strdup_printf (_("The service cannot start. %s"), error->message);
  show_problem (self, NULL, text);
}

static void
submit_cb (HandoverSignInPage *self)
{
  if (self->cancellable != NULL || !check (self))
    return;

  clear_problem (self);
  set_busy (self, TRUE, FALSE);
  self->cancellable = g_cancellable_new ();
  if (self->local)
    handover_local_service_start_async (handover_local_service_get_default (), self->cancellable, local_started_cb,
                                        g_object_ref (self));
  else
    open_account (self);
}

static void
handover_sign_in_page_dispose (GObject *object)
{
  HandoverSignInPage *self = HANDOVER_SIGN_IN_PAGE (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  gtk_widget_dispose_template (GTK_WIDGET (self), HANDOVER_TYPE_SIGN_IN_PAGE);

  G_OBJECT_CLASS (handover_sign_in_page_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_BASE "/ui/handover-sign-in-page.ui");
  gtk_widget_class_bind_template_child (widget_class, HandoverSignInPage, reason);
  gtk_widget_class_bind_template_child (widget_class, HandoverSignInPage, logo);
  gtk_widget_class_bind_template_child (widget_class, HandoverSignInPage, title);
  gtk_widget_class_bind_template_child (widget_class, HandoverSignInPage, about_local);
  gtk_widget_class_bind_template_child (widget_class, HandoverSignInPage, service_group);
  gtk_widget_class_bind_template_child (widget_class, HandoverSignInPage, service_row);
  gtk_widget_class_bind_template_child (widget_class, HandoverSignInPage, invite_row);
  gtk_widget_class_bind_template_child (widget_class, HandoverSignInPage, business_row);
  gtk_widget_class_bind_template_child (widget_class, HandoverSignInPage, name_row);
  gtk_widget_class_bind_template_child (widget_class, HandoverSignInPage, email_row);
  gtk_widget_class_bind_template_child (widget_class, HandoverSignInPage, password_row);
  gtk_widget_class_bind_template_child (widget_class, HandoverSignInPage, problem);
  gtk_widget_class_bind_template_child (widget_class, HandoverSignInPage, submit);
  gtk_widget_class_bind_template_child (widget_class, HandoverSignInPage, busy);
  gtk_widget_class_bind_template_child (widget_class, HandoverSignInPage, others);
  gtk_widget_class_bind_template_child (widget_class, HandoverSignInPage, to_service);
  gtk_widget_class_bind_template_child (widget_class, HandoverSignInPage, to_sign_in);
  gtk_widget_class_bind_template_child (widget_class, HandoverSignInPage, to_sign_up);
  gtk_widget_class_bind_template_child (widget_class, HandoverSignInPage, to_invite);
  gtk_widget_class_bind_template_child (widget_class, HandoverSignInPage, local_group);
  gtk_widget_class_bind_template_callback (widget_class, handover_menus_name_items);
  gtk_widget_class_bind_template_callback (widget_class, edited_cb);
  gtk_widget_class_bind_template_callback (widget_class, submit_cb);
  gtk_widget_class_bind_template_callback (widget_class, cancel_cb);
}

static void
handover_sign_in_page_class_init (HandoverSignInPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = handover_sign_in_page_dispose;

  /**
   * HandoverSignInPage::opened:
   * @account: the account that is now signed in
   *
   * Somebody has signed in.
   */
  signals[SIGNAL_OPENED] = g_signal_new ("opened", HANDOVER_TYPE_SIGN_IN_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 1, HANDOVER_TYPE_ACCOUNT);

  gtk_widget_class_install_action (widget_class, "sign-in.mode", "s", mode_action_cb);
  gtk_widget_class_install_action (widget_class, "sign-in.local", "b", local_action_cb);
  bind_template (widget_class);
}

static void
handover_sign_in_page_init (HandoverSignInPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_image_set_from_icon_name (self->logo, APP_ID);
  set_mode (self, MODE_SIGN_IN);
}

/**
 * handover_sign_in_page_set_service:
 * @self: a page
 * @service: (nullable): the address to begin with, or %HANDOVER_LOCAL_SERVICE_NAME
 *
 * Fills in the service's address.
 */
void
handover_sign_in_page_set_service (HandoverSignInPage *self,
                                   const char         *service)
{
  gboolean local = g_strcmp0 (service, HANDOVER_LOCAL_SERVICE_NAME) == 0;

  g_return_if_fail (HANDOVER_IS_SIGN_IN_PAGE (self));

  set_local (self, local);
  gtk_editable_set_text (GTK_EDITABLE (self->service_row), service != NULL && !local ? service : "");
}

/**
 * handover_sign_in_page_set_email:
 * @self: a page
 * @email: the address to begin with
 *
 * Fills in who signed in last.
 */
void
handover_sign_in_page_set_email (HandoverSignInPage *self,
                                 const char         *email)
{
  g_return_if_fail (HANDOVER_IS_SIGN_IN_PAGE (self));

  gtk_editable_set_text (GTK_EDITABLE (self->email_row), email);
}

/**
 * handover_sign_in_page_set_reason:
 * @self: a page
 * @reason: (nullable): why this page is shown to somebody who was signed in
 *
 * Says why one has to sign in again.
 */
void
handover_sign_in_page_set_reason (HandoverSignInPage *self,
                                  const char         *reason)
{
  g_return_if_fail (HANDOVER_IS_SIGN_IN_PAGE (self));

  if (reason != NULL)
    adw_banner_set_title (self->reason, reason);
  gtk_widget_set_visible (GTK_WIDGET (self->reason), reason != NULL);
  adw_banner_set_revealed (self->reason, reason != NULL);
}
