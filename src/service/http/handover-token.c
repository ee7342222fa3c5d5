/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "service/http/handover-token.h"

#include <sodium.h>
#include <string.h>

#define TOKEN_BYTES 32

/**
 * handover_token_new:
 * @prefix: tells people what the token is for, such as `hos`
 *
 * Makes a secret of 256 random bits.
 *
 * Returns: (transfer full): the token; free it with handover_token_free()
 */
char *
handover_token_new (const char *prefix)
{
  guint8 bytes[TOKEN_BYTES];
  char text[sodium_base64_ENCODED_LEN (TOKEN_BYTES, sodium_base64_VARIANT_URLSAFE_NO_PADDING)];
  char *token;

  randombytes_buf (bytes, sizeof bytes);
  sodium_bin2base64 (text, sizeof text, bytes, sizeof bytes, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
  token = g_strconcat (prefix, "_", text, NULL);
  sodium_memzero (bytes, sizeof bytes);
  sodium_memzero (text, sizeof text);

  return token;
}

/**
 * handover_token_hash:
 * @token: a token
 *
 * Makes what is stored in place of a token. The token is random, so a fast hash keeps it as safe as a slow one would.
 *
 * Returns: (transfer full): 32 bytes
 */
GBytes *
handover_token_hash (const char *token)
{
  guint8 hash[crypto_generichash_BYTES];

  crypto_generichash (hash, sizeof hash, (const guint8 *) token, strlen (token), NULL, 0);
  return g_bytes_new (hash, sizeof hash);
}

/**
 * handover_token_free:
 * @token: (nullable) (transfer full): a token or another secret text
 *
 * Wipes a secret and frees it.
 */
void
handover_token_free (char *token)
{
  if (token == NULL)
    return;

  sodium_memzero (token, strlen (token));
  g_free (token);
}

/**
 * handover_hash_equal:
 * @hash: a hash
 * @other: another
 *
 * Compares hashes in a time that tells nothing about them.
 *
 * Returns: whether they are equal
 */
gboolean
handover_hash_equal (GBytes *hash,
                     GBytes *other)
{
  gsize size;
  gsize other_size;
  const void *data = g_bytes_get_data (hash, &size);
  const void *other_data = g_bytes_get_data (other, &other_size);

  return size == other_size && sodium_memcmp (data, other_data, size) == 0;
}
