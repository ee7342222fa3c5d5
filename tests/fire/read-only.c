/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

/* Preloaded, this makes the files of a program read-only while it runs, as a kernel does that no longer trusts a disk:
 * also those that are open already. It is so while the first eight bytes of the file named by READ_ONLY hold anything
 * but zeroes. Sockets, pipes and the standard streams are left alone. */

/* Both names of each call are wanted, not one for the other. */
#undef _FILE_OFFSET_BITS

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static volatile int64_t *read_only;

__attribute__ ((constructor)) static void
map_switch (void)
{
  const char *path = getenv ("READ_ONLY");
  int descriptor = path != NULL ? open (path, O_RDONLY | O_CLOEXEC) : -1;
  void *memory = descriptor >= 0 ? mmap (NULL, sizeof *read_only, PROT_READ, MAP_SHARED, descriptor, 0) : MAP_FAILED;

  if (descriptor >= 0)
    close (descriptor);
  if (memory != MAP_FAILED)
    read_only = memory;
}

static int
is_refused (int descriptor)
{
  struct stat about;

  if (read_only == NULL || *read_only == 0 || descriptor <= STDERR_FILENO || fstat (descriptor, &about) != 0 ||
      !S_ISREG (about.st_mode))
    return 0;

  errno = EROFS;
  return 1;
}

ssize_t
write (int         descriptor,
       const void *data,
       size_t      size)
{
  return is_refused (descriptor) ? -1 : syscall (SYS_write, descriptor, data, size);
}

ssize_t
pwrite (int         descriptor,
        const void *data,
        size_t      size,
        off_t       offset)
{
  return is_refused (descriptor) ? -1 : syscall (SYS_pwrite64, descriptor, data, size, offset);
}

ssize_t
pwrite64 (int         descriptor,
          const void *data,
          size_t      size,
          off64_t     offset)
{
  return is_refused (descriptor) ? -1 : syscall (SYS_pwrite64, descriptor, data, size, offset);
}

int
ftruncate (int   descriptor,
           off_t length)
{
  return is_refused (descriptor) ? -1 : (int) syscall (SYS_ftruncate, descriptor, length);
}

int
ftruncate64 (int     descriptor,
             off64_t length)
{
  return is_refused (descriptor) ? -1 : (int) syscall (SYS_ftruncate, descriptor, length);
}
