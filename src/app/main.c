/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "config.h"

#include <glib/gi18n.h>
#include <locale.h>

#include "app/handover-application.h"

int
main (int   argc,
      char *argv[])
{
  g_autoptr (HandoverApplication) application = NULL;

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  g_set_prgname (APP_ID);
  g_set_application_name (_("Handover"));

  application = handover_application_new ();

  return g_application_run (G_APPLICATION (application), argc, argv);
}
