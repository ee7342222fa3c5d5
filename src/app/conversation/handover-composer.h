/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include <adwaita.h>

#include "app/conversation/handover-message-wording.h"
#include "app/conversation/handover-template-fields.h"

G_BEGIN_DECLS

#define HANDOVER_TYPE_COMPOSER (handover_composer_get_type ())

G_DECLARE_FINAL_TYPE (HandoverComposer, handover_composer, HANDOVER, COMPOSER, GtkBox)

void     handover_composer_set_open      (HandoverComposer             *self,
                                          gboolean                      open,
                                          const char                   *reason);
void     handover_composer_set_customer  (HandoverComposer             *self,
                                          const char                   *customer);
void     handover_composer_set_draft     (HandoverComposer             *self,
                                          const char                   *draft);
char    *handover_composer_dup_draft     (HandoverComposer             *self);
void     handover_composer_set_note      (HandoverComposer             *self,
                                          const char                   *note);
char    *handover_composer_dup_note      (HandoverComposer             *self);
void     handover_composer_show          (HandoverComposer             *self,
                                          gboolean                      note);
gboolean handover_composer_get_note      (HandoverComposer             *self);
gboolean handover_composer_get_writing   (HandoverComposer             *self);
void     handover_composer_set_files     (HandoverComposer             *self,
                                          GListModel                   *reply_files,
                                          GListModel                   *note_files);
void     handover_composer_set_quote     (HandoverComposer             *self,
                                          HandoverPreview              *quote,
                                          const HandoverReader         *reader);
void     handover_composer_set_problem   (HandoverComposer             *self,
                                          const char                   *problem);
void     handover_composer_set_templates (HandoverComposer             *self,
                                          GListModel                   *templates);
void     handover_composer_set_fields    (HandoverComposer             *self,
                                          const HandoverTemplateFields *fields);
void     handover_composer_write         (HandoverComposer             *self,
                                          gboolean                      note);
void     handover_composer_send          (HandoverComposer             *self);
void     handover_composer_send_anyway   (HandoverComposer             *self);
void     handover_composer_pick_template (HandoverComposer             *self);

G_END_DECLS
