/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * HandoverExitStatus:
 * @HANDOVER_EXIT_DONE: it did what it was asked for
 * @HANDOVER_EXIT_FAILED: it failed; its last line says why
 * @HANDOVER_EXIT_USAGE: it was not called rightly
 * @HANDOVER_EXIT_FOLDER_BUSY: another service uses the data folder
 * @HANDOVER_EXIT_ADDRESS_BUSY: another program listens at the address
 * @HANDOVER_EXIT_NEWER: a newer version wrote the data
 * @HANDOVER_EXIT_FULL: no space is left on the disk
 * @HANDOVER_EXIT_UNREADABLE: the data folder or a file cannot be read or written
 * @HANDOVER_EXIT_DAMAGED: the data, or a backup, is no sound database
 *
 * How the service ends, so that who started it can tell a person in plain words.
 */
typedef enum
{
  HANDOVER_EXIT_DONE = 0,
  HANDOVER_EXIT_FAILED = 1,
  HANDOVER_EXIT_USAGE = 2,
  HANDOVER_EXIT_FOLDER_BUSY = 3,
  HANDOVER_EXIT_ADDRESS_BUSY = 4,
  HANDOVER_EXIT_NEWER = 5,
  HANDOVER_EXIT_FULL = 6,
  HANDOVER_EXIT_UNREADABLE = 7,
  HANDOVER_EXIT_DAMAGED = 8,
} HandoverExitStatus;

G_END_DECLS
