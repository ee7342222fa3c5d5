/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "service/handover-vault.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <sodium.h>

#include "service/handover-data-folder.h"

#define KEY_BYTES crypto_aead_xchacha20poly1305_ietf_KEYBYTES
#define NONCE_BYTES crypto_aead_xchacha20poly1305_ietf_NPUBBYTES
#define TAG_BYTES crypto_aead_xchacha20poly1305_ietf_ABYTES
#define DERIVED_BYTES 32

struct _HandoverVault
{
  unsigned char *key;
};

static gboolean
fail (const char  *path,
      int          saved,
      GError     **error)
{
  g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (saved), "%s: %s", path, g_strerror (saved));
  return FALSE;
}

/* The whole key under its name, or nothing: a key that is cut short would lock everything that it sealed. */
static gboolean
make_key (const char           *path,
          const unsigned char  *key,
          GError              **error)
{
  g_autofree char *partial = g_strconcat (path, ".partial", NULL);
  int file;
  gboolean written;
  int saved;

  g_unlink (partial);
  file = g_open (partial, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (file < 0)
    return fail (partial, errno, error);

  written = write (file, key, KEY_BYTES) == (gssize) KEY_BYTES && fsync (file) == 0;
  saved = errno;
  close (file);
  if (written && g_rename (partial, path) == 0)
    return TRUE;

  saved = written ? errno : saved;
  g_unlink (partial);
  return fail (path, saved, error);
}

static gboolean
read_key (const char     *path,
          unsigned char  *key,
          gboolean       *missing,
          gboolean       *empty,
          GError        **error)
{
  int file = g_open (path, O_RDONLY | O_CLOEXEC, 0);
  gssize length;
  char extra;

  *missing = file < 0 && errno == ENOENT;
  *empty = FALSE;
  if (file < 0)
    return *missing || fail (path, errno, error);

  length = read (file, key, KEY_BYTES);
  if (length == 0)
    {
      close (file);
      *empty = TRUE;
      return TRUE;
    }
  if (length == (gssize) KEY_BYTES && read (file, &extra, 1) == 0)
    {
      close (file);
      return TRUE;
    }

  close (file);
  g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_FAILED,
               "%s is not a key of Handover's. Put the right one back, or leave an empty file in its place and connect the "
               "channels again.", path);
  return FALSE;
}

/**
 * handover_vault_open:
 * @folder: the data folder
 * @may_make: whether a missing key is made, for nothing is sealed with one yet
 * @error: return location
 *
 * Reads the key that lies in a file of the data folder.
 *
 * Returns: (transfer full) (nullable): the vault
 */
HandoverVault *
handover_vault_open (const char  *folder,
                     gboolean     may_make,
                     GError     **error)
{
  g_autofree char *path = handover_data_folder_get_key (folder);
  g_autoptr (HandoverVault) self = g_new0 (HandoverVault, 1);
  gboolean missing;
  gboolean empty;

  self->key = sodium_malloc (KEY_BYTES);
  if (self->key == NULL)
    {
      fail (path, ENOMEM, error);
      return NULL;
    }
  if (!read_key (path, self->key, &missing, &empty, error))
    return NULL;
  if (missing && !may_make)
    {
      g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT,
                   "%s is missing, and the tokens of the connected channels cannot be read without it. Put it back from "
                   "where it was kept: it is never part of a backup. If it is lost, make an empty file of that name and "
                   "connect the channels again.", path);
      return NULL;
    }
  if (missing || empty)
    {
      randombytes_buf (self->key, KEY_BYTES);
      if (!make_key (path, self->key, error))
        return NULL;
    }

  sodium_mprotect_readonly (self->key);
  return g_steal_pointer (&self);
}

/**
 * handover_vault_make_room:
 * @folder: a data folder in which nothing runs
 * @error: return location
 *
 * Lets a service begin with a new key if there is none beside a database that came from elsewhere. Until it starts, the
 * key that belongs to the database may still be put there.
 *
 * Returns: whether there is a key, or room for one
 */
gboolean
handover_vault_make_room (const char  *folder,
                          GError     **error)
{
  g_autofree char *path = handover_data_folder_get_key (folder);
  int file = g_open (path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

  if (file < 0)
    return errno == EEXIST || fail (path, errno, error);

  close (file);
  return TRUE;
}

/**
 * handover_vault_free:
 * @self: (transfer full): a vault
 *
 * Wipes the key from memory.
 */
void
handover_vault_free (HandoverVault *self)
{
  sodium_free (self->key);
  g_free (self);
}

/**
 * handover_vault_seal:
 * @self: a vault
 * @owner: whose secret it is, which is needed to open it again
 * @secret: the secret
 *
 * Seals a secret.
 *
 * Returns: (transfer full): what may be stored
 */
GBytes *
handover_vault_seal (HandoverVault *self,
                     const char    *owner,
                     const char    *secret)
{
  gsize length = strlen (secret);
  gsize size = NONCE_BYTES + length + TAG_BYTES;
  unsigned char *sealed = g_malloc (size);

  randombytes_buf (sealed, NONCE_BYTES);
  crypto_aead_xchacha20poly1305_ietf_encrypt (sealed + NONCE_BYTES, NULL, (const unsigned char *) secret, length,
                                              (const unsigned char *) owner, strlen (owner), NULL, sealed, self->key);
  return g_bytes_new_take (sealed, size);
}

/**
 * handover_vault_unseal:
 * @self: a vault
 * @owner: whose secret it is
 * @sealed: what was stored
 *
 * Opens what was sealed.
 *
 * Returns: (transfer full) (nullable): the secret, to be given to handover_vault_wipe(); %NULL if it was sealed with another
 *   key or for another owner
 */
char *
handover_vault_unseal (HandoverVault *self,
                       const char    *owner,
                       GBytes        *sealed)
{
  gsize size;
  const unsigned char *data = g_bytes_get_data (sealed, &size);
  char *secret;

  if (size < NONCE_BYTES + TAG_BYTES)
    return NULL;

  secret = g_malloc0 (size - NONCE_BYTES - TAG_BYTES + 1);
  if (crypto_aead_xchacha20poly1305_ietf_decrypt ((unsigned char *) secret, NULL, NULL, data + NONCE_BYTES,
                                                  size - NONCE_BYTES, (const unsigned char *) owner, strlen (owner),
                                                  data, self->key) == 0)
    return secret;

  g_free (secret);
  return NULL;
}

/**
 * handover_vault_derive:
 * @self: a vault
 * @purpose: what it is for
 * @owner: for whom
 *
 * Makes a secret that need not be stored, for it is always the same.
 *
 * Returns: (transfer full): 64 hexadecimal digits
 */
char *
handover_vault_derive (HandoverVault *self,
                       const char    *purpose,
                       const char    *owner)
{
  g_autofree char *name = g_strconcat (purpose, ":", owner, NULL);
  unsigned char derived[DERIVED_BYTES];
  char *text = g_malloc (2 * DERIVED_BYTES + 1);

  crypto_generichash (derived, sizeof derived, (const unsigned char *) name, strlen (name), self->key, KEY_BYTES);
  sodium_bin2hex (text, 2 * DERIVED_BYTES + 1, derived, sizeof derived);
  sodium_memzero (derived, sizeof derived);
  return text;
}

/**
 * handover_vault_wipe:
 * @secret: (transfer full) (nullable): a secret
 *
 * Wipes and frees a secret.
 */
void
handover_vault_wipe (char *secret)
{
  if (secret != NULL)
    sodium_memzero (secret, strlen (secret));
  g_free (secret);
}
