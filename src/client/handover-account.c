/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "config.h"

#include "client/handover-account-private.h"

#include "client/handover-local-service.h"

enum
{
  PROP_0,
  PROP_SERVICE,
  PROP_OPERATOR,
  PROP_BUSINESS,
  PROP_CONNECTION,
  PROP_GAPS,
  PROP_REMEMBERED,
  PROP_SIGNED_IN,
  PROP_MIRROR,
  PROP_OUTBOX,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

enum
{
  SIGNAL_SIGNED_OUT,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_ENUM_TYPE (HandoverSignOutReason, handover_sign_out_reason,
                    G_DEFINE_ENUM_VALUE (HANDOVER_SIGN_OUT_ASKED, "asked"),
                    G_DEFINE_ENUM_VALUE (HANDOVER_SIGN_OUT_REVOKED, "revoked"))

G_DEFINE_FINAL_TYPE (HandoverAccount, handover_account, G_TYPE_OBJECT)

static void
connection_cb (HandoverAccount *self)
{
  gboolean online = handover_feed_get_connection (self->feed) == HANDOVER_CONNECTION_CONNECTED;

  handover_mirror_set_online (self->mirror, online);
  handover_outbox_set_online (self->outbox, online);
  handover_signals_set_online (self->signals, online);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CONNECTION]);
}

static void
gaps_cb (HandoverAccount *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_GAPS]);
}

static void
handover_account_dispose (GObject *object)
{
  HandoverAccount *self = HANDOVER_ACCOUNT (object);

  if (self->feed != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->feed, self);
      handover_feed_stop (self->feed);
    }
  g_clear_object (&self->feed);
  g_clear_object (&self->signals);
  g_clear_object (&self->files);
  g_clear_object (&self->outbox);
  g_clear_object (&self->mirror);
  g_clear_object (&self->client);
  g_clear_object (&self->operator);
  g_clear_object (&self->business);

  G_OBJECT_CLASS (handover_account_parent_class)->dispose (object);
}

static void
handover_account_finalize (GObject *object)
{
  HandoverAccount *self = HANDOVER_ACCOUNT (object);

  g_free (self->email);

  G_OBJECT_CLASS (handover_account_parent_class)->finalize (object);
}

static void
handover_account_get_property (GObject    *object,
                               guint       property_id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  HandoverAccount *self = HANDOVER_ACCOUNT (object);

  switch (property_id)
    {
    case PROP_SERVICE:
      g_value_set_string (value, handover_account_get_service (self));
      break;
    case PROP_OPERATOR:
      g_value_set_object (value, self->operator);
      break;
    case PROP_BUSINESS:
      g_value_set_object (value, self->business);
      break;
    case PROP_CONNECTION:
      g_value_set_enum (value, handover_account_get_connection (self));
      break;
    case PROP_GAPS:
      g_value_set_uint (value, handover_account_get_gaps (self));
      break;
    case PROP_REMEMBERED:
      g_value_set_boolean (value, self->remembered);
      break;
    case PROP_SIGNED_IN:
      g_value_set_boolean (value, self->signed_in);
      break;
    case PROP_MIRROR:
      g_value_set_object (value, self->mirror);
      break;
    case PROP_OUTBOX:
      g_value_set_object (value, self->outbox);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
install_properties (GObjectClass *object_class)
{
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  /**
   * HandoverAccount:service:
   *
   * The address of the service.
   */
  properties[PROP_SERVICE] = g_param_spec_string ("service", NULL, NULL, NULL, flags);

  /**
   * HandoverAccount:operator:
   *
   * Who is signed in; one object, changed in place.
   */
  properties[PROP_OPERATOR] = g_param_spec_object ("operator", NULL, NULL, HANDOVER_TYPE_OPERATOR, flags);

  /**
   * HandoverAccount:business:
   *
   * For whom; one object, changed in place.
   */
  properties[PROP_BUSINESS] = g_param_spec_object ("business", NULL, NULL, HANDOVER_TYPE_BUSINESS, flags);

  /**
   * HandoverAccount:connection:
   *
   * How the account stands with its service.
   */
  properties[PROP_CONNECTION] = g_param_spec_enum ("connection", NULL, NULL, HANDOVER_TYPE_CONNECTION,
                                                   HANDOVER_CONNECTION_CONNECTING, flags);

  /**
   * HandoverAccount:gaps:
   *
   * How many events never arrived although later ones did.
   */
  properties[PROP_GAPS] = g_param_spec_uint ("gaps", NULL, NULL, 0, G_MAXUINT, 0, flags);

  /**
   * HandoverAccount:remembered:
   *
   * Whether the session is in the keyring. Without a keyring it lasts until the app quits.
   */
  properties[PROP_REMEMBERED] = g_param_spec_boolean ("remembered", NULL, NULL, TRUE, flags);

  /**
   * HandoverAccount:signed-in:
   *
   * Whether the account can still be used.
   */
  properties[PROP_SIGNED_IN] = g_param_spec_boolean ("signed-in", NULL, NULL, TRUE, flags);

  /**
   * HandoverAccount:mirror:
   *
   * The local copy of what the service knows.
   */
  properties[PROP_MIRROR] = g_param_spec_object ("mirror", NULL, NULL, HANDOVER_TYPE_MIRROR, flags);

  /**
   * HandoverAccount:outbox:
   *
   * What waits to be sent.
   */
  properties[PROP_OUTBOX] = g_param_spec_object ("outbox", NULL, NULL, HANDOVER_TYPE_OUTBOX, flags);

  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
handover_account_class_init (HandoverAccountClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = handover_account_dispose;
  object_class->finalize = handover_account_finalize;
  object_class->get_property = handover_account_get_property;
  install_properties (object_class);

  /**
   * HandoverAccount::signed-out:
   * @self: the account
   * @reason: why
   *
   * The account has ended. The mirror and the outbox can still be read during the signal; then they are removed.
   */
  signals[SIGNAL_SIGNED_OUT] = g_signal_new ("signed-out", HANDOVER_TYPE_ACCOUNT, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                             NULL, G_TYPE_NONE, 1, HANDOVER_TYPE_SIGN_OUT_REASON);
}

static void
handover_account_init (HandoverAccount *self)
{
  self->remembered = TRUE;
  self->signed_in = TRUE;
}

/*< private >
 * handover_account_new:
 * @client: the service and the session with it
 * @email: with which address the person signed in
 * @operator: who is signed in
 * @business: for whom
 * @mirror: the local copy
 * @outbox: what waits to be sent
 *
 * Makes an account of its parts; it does nothing before it is started.
 *
 * Returns: (transfer full): the account
 */
HandoverAccount *
handover_account_new (HandoverClient   *client,
                      const char       *email,
                      HandoverOperator *operator,
                      HandoverBusiness *business,
                      HandoverMirror   *mirror,
                      HandoverOutbox   *outbox)
{
  HandoverAccount *self = g_object_new (HANDOVER_TYPE_ACCOUNT, NULL);
  g_autofree char *folder = handover_mirror_dup_folder (mirror);

  self->client = g_object_ref (client);
  self->email = g_strdup (email);
  self->operator = HANDOVER_OPERATOR (handover_record_copy (HANDOVER_RECORD (operator)));
  self->business = HANDOVER_BUSINESS (handover_record_copy (HANDOVER_RECORD (business)));
  self->mirror = g_object_ref (mirror);
  self->outbox = g_object_ref (outbox);
  self->files = handover_files_new (folder, HANDOVER_FILES_LIMIT);
  self->signals = handover_signals_new (mirror);
  self->feed = handover_feed_new (client, mirror);

  g_signal_connect_object (client, "unauthorized", G_CALLBACK (handover_account_unauthorized), self, G_CONNECT_SWAPPED);
  g_signal_connect_swapped (self->feed, "record", G_CALLBACK (handover_account_take_record), self);
  g_signal_connect_swapped (self->feed, "notify::connection", G_CALLBACK (connection_cb), self);
  g_signal_connect_swapped (self->feed, "notify::gaps", G_CALLBACK (gaps_cb), self);

  return self;
}

/*< private >
 * handover_account_start:
 * @self: an account
 *
 * Brings the mirror up to date and keeps it so.
 */
void
handover_account_start (HandoverAccount *self)
{
  handover_mirror_set_gateway (self->mirror, HANDOVER_GATEWAY (self->client));
  handover_outbox_set_gateway (self->outbox, HANDOVER_GATEWAY (self->client));
  handover_files_set_gateway (self->files, HANDOVER_GATEWAY (self->client));
  handover_signals_set_gateway (self->signals, HANDOVER_GATEWAY (self->client));
  handover_feed_start (self->feed);
}

/*< private >
 * handover_account_set_remembered:
 * @self: an account
 * @remembered: whether the keyring has the session
 *
 * Says whether the session will be there after a restart.
 */
void
handover_account_set_remembered (HandoverAccount *self,
                                 gboolean         remembered)
{
  if (self->remembered == remembered)
    return;

  self->remembered = remembered;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_REMEMBERED]);
}

/*< private >
 * handover_account_take_record:
 * @self: an account
 * @record: something that the service answered
 *
 * Takes what concerns the account itself.
 */
void
handover_account_take_record (HandoverAccount *self,
                              HandoverRecord  *record)
{
  if (HANDOVER_IS_OPERATOR (record) && g_str_equal (HANDOVER_OPERATOR (record)->id, self->operator->id))
    handover_record_update (HANDOVER_RECORD (self->operator), record);
  else if (HANDOVER_IS_BUSINESS (record))
    handover_record_update (HANDOVER_RECORD (self->business), record);
  else if (HANDOVER_IS_SIGNAL (record))
    handover_signals_take (self->signals, HANDOVER_SIGNAL (record));
}

/*< private >
 * handover_account_get_client:
 * @self: an account
 *
 * Gets the way to the service.
 *
 * Returns: (transfer none): the client
 */
HandoverClient *
handover_account_get_client (HandoverAccount *self)
{
  return self->client;
}

/*< private >
 * handover_account_get_email:
 * @self: an account
 *
 * Gets with which address the person signed in: the name of the session in the keyring.
 *
 * Returns: the address
 */
const char *
handover_account_get_email (HandoverAccount *self)
{
  return self->email;
}

/**
 * handover_account_get_service:
 * @self: an account
 *
 * Gets the service under whose name the account is kept: its address, or %HANDOVER_LOCAL_SERVICE_NAME.
 *
 * Returns: the name
 */
const char *
handover_account_get_service (HandoverAccount *self)
{
  g_return_val_if_fail (HANDOVER_IS_ACCOUNT (self), NULL);

  return handover_client_get_service (self->client);
}

/**
 * handover_account_dup_address:
 * @self: an account
 *
 * Gets where agents reach the service; for one on this computer that does not run now, where they reached it last.
 *
 * Returns: (transfer full): the address
 */
char *
handover_account_dup_address (HandoverAccount *self)
{
  g_return_val_if_fail (HANDOVER_IS_ACCOUNT (self), NULL);

  if (!handover_account_is_local (self))
    return g_strdup (handover_account_get_service (self));

  return g_strdup_printf ("http://127.0.0.1:%u", handover_local_service_get_port (handover_local_service_get_default ()));
}

/**
 * handover_account_is_local:
 * @self: an account
 *
 * Tells whether its service is the one that this app runs.
 *
 * Returns: %TRUE if it is
 */
gboolean
handover_account_is_local (HandoverAccount *self)
{
  g_return_val_if_fail (HANDOVER_IS_ACCOUNT (self), FALSE);

  return g_str_equal (handover_account_get_service (self), HANDOVER_LOCAL_SERVICE_NAME);
}

/**
 * handover_account_get_operator:
 * @self: an account
 *
 * Gets who is signed in.
 *
 * Returns: (transfer none): the operator
 */
HandoverOperator *
handover_account_get_operator (HandoverAccount *self)
{
  g_return_val_if_fail (HANDOVER_IS_ACCOUNT (self), NULL);

  return self->operator;
}

/**
 * handover_account_get_business:
 * @self: an account
 *
 * Gets for whom the operator answers.
 *
 * Returns: (transfer none): the business
 */
HandoverBusiness *
handover_account_get_business (HandoverAccount *self)
{
  g_return_val_if_fail (HANDOVER_IS_ACCOUNT (self), NULL);

  return self->business;
}

/**
 * handover_account_get_connection:
 * @self: an account
 *
 * Gets how the account stands with its service.
 *
 * Returns: the connection
 */
HandoverConnection
handover_account_get_connection (HandoverAccount *self)
{
  g_return_val_if_fail (HANDOVER_IS_ACCOUNT (self), HANDOVER_CONNECTION_OFFLINE);

  return handover_feed_get_connection (self->feed);
}

/**
 * handover_account_get_gaps:
 * @self: an account
 *
 * Gets how many events never arrived although later ones did.
 *
 * Returns: the count
 */
guint
handover_account_get_gaps (HandoverAccount *self)
{
  g_return_val_if_fail (HANDOVER_IS_ACCOUNT (self), 0);

  return handover_feed_get_gaps (self->feed);
}

/**
 * handover_account_get_remembered:
 * @self: an account
 *
 * Tells whether the session is in the keyring.
 *
 * Returns: %FALSE if it lasts only until the app quits
 */
gboolean
handover_account_get_remembered (HandoverAccount *self)
{
  g_return_val_if_fail (HANDOVER_IS_ACCOUNT (self), FALSE);

  return self->remembered;
}

/**
 * handover_account_get_signed_in:
 * @self: an account
 *
 * Tells whether the account can still be used.
 *
 * Returns: %FALSE after it has ended
 */
gboolean
handover_account_get_signed_in (HandoverAccount *self)
{
  g_return_val_if_fail (HANDOVER_IS_ACCOUNT (self), FALSE);

  return self->signed_in;
}

/**
 * handover_account_get_mirror:
 * @self: an account
 *
 * Gets the local copy of what the service knows.
 *
 * Returns: (transfer none): the mirror
 */
HandoverMirror *
handover_account_get_mirror (HandoverAccount *self)
{
  g_return_val_if_fail (HANDOVER_IS_ACCOUNT (self), NULL);

  return self->mirror;
}

/**
 * handover_account_get_outbox:
 * @self: an account
 *
 * Gets what waits to be sent.
 *
 * Returns: (transfer none): the outbox
 */
HandoverOutbox *
handover_account_get_outbox (HandoverAccount *self)
{
  g_return_val_if_fail (HANDOVER_IS_ACCOUNT (self), NULL);

  return self->outbox;
}

/**
 * handover_account_get_files:
 * @self: an account
 *
 * Gets the files of its transcripts.
 *
 * Returns: (transfer none): the files
 */
HandoverFiles *
handover_account_get_files (HandoverAccount *self)
{
  g_return_val_if_fail (HANDOVER_IS_ACCOUNT (self), NULL);

  return self->files;
}

/**
 * handover_account_get_signals:
 * @self: an account
 *
 * Gets what the team does at this moment.
 *
 * Returns: (transfer none): the signals
 */
HandoverSignals *
handover_account_get_signals (HandoverAccount *self)
{
  g_return_val_if_fail (HANDOVER_IS_ACCOUNT (self), NULL);

  return self->signals;
}

/**
 * handover_account_retry:
 * @self: an account
 *
 * Connects at once if the account waits to do so.
 */
void
handover_account_retry (HandoverAccount *self)
{
  g_return_if_fail (HANDOVER_IS_ACCOUNT (self));

  handover_feed_retry (self->feed);
}
