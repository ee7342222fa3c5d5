/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * HandoverDatabaseError:
 * @HANDOVER_DATABASE_ERROR_FAILED: any other failure of the engine or the file
 * @HANDOVER_DATABASE_ERROR_EXISTS: a unique or primary key is taken
 * @HANDOVER_DATABASE_ERROR_CONSTRAINT: another rule of the schema is broken
 * @HANDOVER_DATABASE_ERROR_LOCKED: another process holds the database
 * @HANDOVER_DATABASE_ERROR_FULL: no space is left
 * @HANDOVER_DATABASE_ERROR_IO: the file cannot be read or written
 * @HANDOVER_DATABASE_ERROR_CORRUPT: the file is not a sound database
 * @HANDOVER_DATABASE_ERROR_NEWER: a newer version of the program wrote the file
 * @HANDOVER_DATABASE_ERROR_STATEMENT: a statement or migration is missing or malformed
 * @HANDOVER_DATABASE_ERROR_BUSY: too many jobs are queued, try again in a moment
 * @HANDOVER_DATABASE_ERROR_CLOSED: the workers were closed
 *
 * What can go wrong with a database.
 */
typedef enum
{
  HANDOVER_DATABASE_ERROR_FAILED,
  HANDOVER_DATABASE_ERROR_EXISTS,
  HANDOVER_DATABASE_ERROR_CONSTRAINT,
  HANDOVER_DATABASE_ERROR_LOCKED,
  HANDOVER_DATABASE_ERROR_FULL,
  HANDOVER_DATABASE_ERROR_IO,
  HANDOVER_DATABASE_ERROR_CORRUPT,
  HANDOVER_DATABASE_ERROR_NEWER,
  HANDOVER_DATABASE_ERROR_STATEMENT,
  HANDOVER_DATABASE_ERROR_BUSY,
  HANDOVER_DATABASE_ERROR_CLOSED,
} HandoverDatabaseError;

#define HANDOVER_DATABASE_ERROR (handover_database_error_quark ())

GQuark handover_database_error_quark (void);

G_END_DECLS
