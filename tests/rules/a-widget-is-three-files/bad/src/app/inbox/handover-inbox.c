/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

static void
handover_inbox_class_init (HandoverInboxClass *klass)
{
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE "/ui/handover-inbox.ui");
}
