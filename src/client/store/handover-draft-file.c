/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "client/store/handover-draft-file.h"

/**
 * HandoverDraftFile:
 *
 * A file that the operator puts into a reply or a note: a copy in the account's folder, from when it is chosen until the
 * service has it and the message. Its attachment has a local id, by which the transcript's unsent messages name it.
 */
struct _HandoverDraftFile
{
  GObject parent_instance;

  HandoverAttachment *attachment;
  GFile *file;
  char *key;
  char *uploaded;
  double progress;
};

typedef enum
{
  PROP_ATTACHMENT = 1,
  PROP_FILE,
  PROP_PROGRESS,
} HandoverDraftFileProperty;

static GParamSpec *properties[PROP_PROGRESS + 1];

G_DEFINE_FINAL_TYPE (HandoverDraftFile, handover_draft_file, G_TYPE_OBJECT)

static void
handover_draft_file_finalize (GObject *object)
{
  HandoverDraftFile *self = HANDOVER_DRAFT_FILE (object);

  g_clear_object (&self->attachment);
  g_clear_object (&self->file);
  g_free (self->key);
  g_free (self->uploaded);

  G_OBJECT_CLASS (handover_draft_file_parent_class)->finalize (object);
}

static void
handover_draft_file_get_property (GObject    *object,
                                  guint       property_id,
                                  GValue     *value,
                                  GParamSpec *pspec)
{
  HandoverDraftFile *self = HANDOVER_DRAFT_FILE (object);

  switch ((HandoverDraftFileProperty) property_id)
    {
    case PROP_ATTACHMENT:
      g_value_set_object (value, self->attachment);
      break;

    case PROP_FILE:
      g_value_set_object (value, self->file);
      break;

    case PROP_PROGRESS:
      g_value_set_double (value, self->progress);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
handover_draft_file_class_init (HandoverDraftFileClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = handover_draft_file_finalize;
  object_class->get_property = handover_draft_file_get_property;

  /**
   * HandoverDraftFile:attachment:
   *
   * What the file is. Its id is a local one.
   */
  properties[PROP_ATTACHMENT] =
    g_param_spec_object ("attachment", NULL, NULL, HANDOVER_TYPE_ATTACHMENT, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  /**
   * HandoverDraftFile:file:
   *
   * The copy.
   */
  properties[PROP_FILE] =
    g_param_spec_object ("file", NULL, NULL, G_TYPE_FILE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  /**
   * HandoverDraftFile:progress:
   *
   * How much of it the service has, from 0 to 1.
   */
  properties[PROP_PROGRESS] =
    g_param_spec_double ("progress", NULL, NULL, 0, 1, 0,
                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);

  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
handover_draft_file_init (HandoverDraftFile *self)
{
}

/*< private >
 * handover_draft_file_new:
 * @attachment: what it is
 * @file: the copy
 *
 * Returns: (transfer full): a draft file that nothing was sent of
 */
HandoverDraftFile *
handover_draft_file_new (HandoverAttachment *attachment,
                         GFile              *file)
{
  HandoverDraftFile *self = g_object_new (HANDOVER_TYPE_DRAFT_FILE, NULL);

  self->attachment = g_object_ref (attachment);
  self->file = g_object_ref (file);
  self->key = g_strdup (attachment->id);
  return self;
}

/**
 * handover_draft_file_get_attachment:
 * @self: a draft file
 *
 * Gets what it is: name, type, size, and of pictures the width and height.
 *
 * Returns: (transfer none): the attachment, with a local id
 */
HandoverAttachment *
handover_draft_file_get_attachment (HandoverDraftFile *self)
{
  g_return_val_if_fail (HANDOVER_IS_DRAFT_FILE (self), NULL);

  return self->attachment;
}

/**
 * handover_draft_file_get_file:
 * @self: a draft file
 *
 * Gets the copy, to show it.
 *
 * Returns: (transfer none): the file
 */
GFile *
handover_draft_file_get_file (HandoverDraftFile *self)
{
  g_return_val_if_fail (HANDOVER_IS_DRAFT_FILE (self), NULL);

  return self->file;
}

/**
 * handover_draft_file_get_progress:
 * @self: a draft file
 *
 * Tells how much of it the service has.
 *
 * Returns: from 0 to 1
 */
double
handover_draft_file_get_progress (HandoverDraftFile *self)
{
  g_return_val_if_fail (HANDOVER_IS_DRAFT_FILE (self), 0);

  return self->progress;
}

/*< private >
 * handover_draft_file_set_progress:
 * @self: a draft file
 * @progress: from 0 to 1
 *
 * Says how much of it the service has.
 */
void
handover_draft_file_set_progress (HandoverDraftFile *self,
                                  double             progress)
{
  progress = CLAMP (progress, 0, 1);
  if (!(self->progress < progress) && !(self->progress > progress))
    return;

  self->progress = progress;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PROGRESS]);
}

/*< private >
 * handover_draft_file_get_key:
 * @self: a draft file
 *
 * Returns: the idempotency key of its upload
 */
const char *
handover_draft_file_get_key (HandoverDraftFile *self)
{
  return self->key;
}

/*< private >
 * handover_draft_file_set_key:
 * @self: a draft file
 * @key: another key, for an upload that is not a repeat
 *
 * Changes the key of its upload.
 */
void
handover_draft_file_set_key (HandoverDraftFile *self,
                             const char        *key)
{
  g_set_str (&self->key, key);
}

/*< private >
 * handover_draft_file_get_uploaded:
 * @self: a draft file
 *
 * Returns: (nullable): the service's id for it, once it has all of it
 */
const char *
handover_draft_file_get_uploaded (HandoverDraftFile *self)
{
  return self->uploaded;
}

/*< private >
 * handover_draft_file_set_uploaded:
 * @self: a draft file
 * @attachment_id: (nullable): the service's id for it
 *
 * Says whether the service has it.
 */
void
handover_draft_file_set_uploaded (HandoverDraftFile *self,
                                  const char        *attachment_id)
{
  g_set_str (&self->uploaded, attachment_id);
  handover_draft_file_set_progress (self, attachment_id != NULL ? 1 : 0);
}
