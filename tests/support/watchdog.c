/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

/* Preloaded, this finds calls that make a main loop wait. While the main thread is inside a turn of a main loop, what
 * may block is recorded with the way to it: in the file that HANDOVER_WATCHDOG names, or, where it names none, on
 * stderr before the program is aborted. It judges by what is called, not by how long it took, so that the same call is
 * found on any machine. Calls that a library makes of its own accord, with no code of the program in between, are its
 * own affair.
 *
 * HANDOVER_WATCHDOG_ROWS=1 allows what the app's mirror does: to read single rows by their key. */

#include <dlfcn.h>
#include <errno.h>
#include <execinfo.h>
#include <fcntl.h>
#include <netdb.h>
#include <poll.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <glib.h>
#include <sodium.h>
#include <sqlite3.h>

#define MOST_FRAMES 192

/* The frames below the turn that goes on, 0 outside of one. Only the main thread reads or writes it. */
static int turn_depth;
static bool looking;
static pthread_t main_thread;
static const void *program_base;
static const char *record_path;

/* Declares the next function of this name as real_name. */
#define REAL(type, name, ...) \
  static type (*real_##name) (__VA_ARGS__); \
  if (real_##name == NULL) \
  *(void **) &real_##name = dlsym (RTLD_NEXT, #name)

__attribute__ ((constructor)) static void
prepare (void)
{
  void *frames[2];
  Dl_info info;

  main_thread = pthread_self ();
  record_path = getenv ("HANDOVER_WATCHDOG");
  if (dladdr ((void *) getauxval (AT_ENTRY), &info) != 0)
    program_base = info.dli_fbase;
  /* The first one loads the unwinder. */
  backtrace (frames, 2);
}

static bool
comes_from (const void *address,
            const char *library)
{
  Dl_info info;

  return dladdr (address, &info) != 0 && info.dli_fname != NULL && strstr (info.dli_fname, library) != NULL;
}

static void
write_way (FILE       *file,
           const char *call,
           void      **frames,
           int         n_frames)
{
  fprintf (file, "the main loop waits in %s\n", call);
  for (int i = 0; i < n_frames; i++)
    {
      Dl_info info;

      if (dladdr (frames[i], &info) == 0)
        continue;
      fprintf (file, "  %s", info.dli_sname != NULL ? info.dli_sname : "");
      fprintf (file, " (%s+0x%zx)\n", info.dli_fname, (size_t) ((char *) frames[i] - (char *) info.dli_fbase) - 1);
    }
}

static void
record (const char *call,
        void      **frames,
        int         n_frames)
{
  FILE *file;

  if (record_path == NULL)
    {
      write_way (stderr, call, frames, n_frames);
      abort ();
    }

  file = fopen (record_path, "ae");
  if (file == NULL)
    abort ();
  write_way (file, call, frames, n_frames);
  fclose (file);
}

/* Whether the main thread is inside a turn. */
static bool
on_duty (void)
{
  return turn_depth > 0 && !looking && pthread_equal (pthread_self (), main_thread);
}

/* What no program can help: pango waits for its thread that looks for fonts, and the settings' file, which stands in
 * for dconf, is written at once. */
static bool
is_excused (const Dl_info *info)
{
  return strstr (info->dli_fname, "/libpango") != NULL ||
         (info->dli_sname != NULL && strncmp (info->dli_sname, "g_settings_", strlen ("g_settings_")) == 0);
}

/* Records the call if code of the program led to it, with no excuse in between. */
static void
judge (const char *call)
{
  int before = errno;
  void *frames[MOST_FRAMES];
  int n_frames;
  bool ours = false;
  bool excused = false;

  looking = true;
  n_frames = backtrace (frames, MOST_FRAMES) - turn_depth;
  for (int i = 0; i < n_frames && !ours && !excused; i++)
    {
      Dl_info info;

      if (dladdr (frames[i], &info) == 0)
        continue;
      ours = info.dli_fbase == program_base;
      excused = is_excused (&info);
    }
  if (ours)
    record (call, frames, n_frames);
  looking = false;
  errno = before;
}

static int
begin_turn (const char *call)
{
  void *frames[MOST_FRAMES];
  int outer = turn_depth;

  if (!pthread_equal (pthread_self (), main_thread) || looking)
    return outer;
  if (turn_depth > 0)
    judge (call);
  turn_depth = backtrace (frames, MOST_FRAMES);
  return outer;
}

static void
end_turn (int outer)
{
  if (pthread_equal (pthread_self (), main_thread))
    turn_depth = outer;
}

/* --- Main loops --- */

gboolean
g_main_context_iteration (GMainContext *context,
                          gboolean      may_block)
{
  REAL (gboolean, g_main_context_iteration, GMainContext *, gboolean);
  int outer = begin_turn ("a main loop inside a main loop");
  int result = real_g_main_context_iteration (context, may_block);

  end_turn (outer);
  return result;
}

void
g_main_loop_run (GMainLoop *loop)
{
  REAL (void, g_main_loop_run, GMainLoop *);
  int outer = begin_turn ("a main loop inside a main loop");

  real_g_main_loop_run (loop);
  end_turn (outer);
}

/* --- Waiting for others --- */

int
poll (struct pollfd *fds,
      nfds_t         n_fds,
      int            timeout)
{
  REAL (int, poll, struct pollfd *, nfds_t, int);
  const void *caller = __builtin_return_address (0);

  /* The loop's own, and the display's, which no program can do without. Gio asks about a pipe of which it knows that it
   * is ready. */
  if (timeout != 0 && on_duty () && !comes_from (caller, "libglib-2.0") && !comes_from (caller, "libxcb") &&
      real_poll (fds, n_fds, 0) == 0)
    judge ("poll ()");
  return real_poll (fds, n_fds, timeout);
}

/* Whether a call on a descriptor has to wait: nothing is ready, and nobody said not to. */
static bool
would_wait (int   descriptor,
            short events)
{
  REAL (int, poll, struct pollfd *, nfds_t, int);
  struct pollfd asked = { descriptor, events, 0 };
  struct stat status;
  int flags = fcntl (descriptor, F_GETFL);

  if (flags < 0 || (flags & O_NONBLOCK) != 0 || fstat (descriptor, &status) != 0)
    return false;
  if (!S_ISSOCK (status.st_mode) && !S_ISFIFO (status.st_mode))
    return false;
  return real_poll (&asked, 1, 0) == 0;
}

ssize_t
read (int    descriptor,
      void  *buffer,
      size_t size)
{
  REAL (ssize_t, read, int, void *, size_t);

  if (on_duty () && would_wait (descriptor, POLLIN))
    judge ("read ()");
  return real_read (descriptor, buffer, size);
}

ssize_t
recv (int    descriptor,
      void  *buffer,
      size_t size,
      int    flags)
{
  REAL (ssize_t, recv, int, void *, size_t, int);

  if ((flags & MSG_DONTWAIT) == 0 && on_duty () && would_wait (descriptor, POLLIN))
    judge ("recv ()");
  return real_recv (descriptor, buffer, size, flags);
}

ssize_t
send (int         descriptor,
      const void *buffer,
      size_t      size,
      int         flags)
{
  REAL (ssize_t, send, int, const void *, size_t, int);

  if ((flags & MSG_DONTWAIT) == 0 && on_duty () && would_wait (descriptor, POLLOUT))
    judge ("send ()");
  return real_send (descriptor, buffer, size, flags);
}

int
connect (int                    descriptor,
         const struct sockaddr *address,
         socklen_t              length)
{
  REAL (int, connect, int, const struct sockaddr *, socklen_t);

  if (on_duty () && (fcntl (descriptor, F_GETFL) & O_NONBLOCK) == 0)
    judge ("connect ()");
  return real_connect (descriptor, address, length);
}

int
getaddrinfo (const char            *name,
             const char            *service,
             const struct addrinfo *hints,
             struct addrinfo      **result)
{
  REAL (int, getaddrinfo, const char *, const char *, const struct addrinfo *, struct addrinfo **);

  if (on_duty ())
    judge ("getaddrinfo ()");
  return real_getaddrinfo (name, service, hints, result);
}

pid_t
waitpid (pid_t child,
         int  *status,
         int   options)
{
  REAL (pid_t, waitpid, pid_t, int *, int);

  if ((options & WNOHANG) == 0 && on_duty ())
    judge ("waitpid ()");
  return real_waitpid (child, status, options);
}

/* --- Waiting for the disk --- */

int
fsync (int descriptor)
{
  REAL (int, fsync, int);

  if (on_duty ())
    judge ("fsync ()");
  return real_fsync (descriptor);
}

int
fdatasync (int descriptor)
{
  REAL (int, fdatasync, int);

  if (on_duty ())
    judge ("fdatasync ()");
  return real_fdatasync (descriptor);
}

int
flock (int descriptor,
       int operation)
{
  REAL (int, flock, int, int);

  if ((operation & LOCK_NB) == 0 && on_duty ())
    judge ("flock ()");
  return real_flock (descriptor, operation);
}

int
rename (const char *from,
        const char *to)
{
  REAL (int, rename, const char *, const char *);

  if (on_duty ())
    judge ("rename ()");
  return real_rename (from, to);
}

int
sqlite3_step (sqlite3_stmt *statement)
{
  REAL (int, sqlite3_step, sqlite3_stmt *);
  REAL (int, sqlite3_stmt_readonly, sqlite3_stmt *);
  REAL (int, sqlite3_stmt_status, sqlite3_stmt *, int, int);
  static bool rows_allowed;
  static bool asked;
  int result;

  if (!on_duty ())
    return real_sqlite3_step (statement);

  if (!asked)
    rows_allowed = getenv ("HANDOVER_WATCHDOG_ROWS") != NULL;
  asked = true;
  if (!rows_allowed || real_sqlite3_stmt_readonly (statement) == 0)
    judge ("sqlite3_step ()");

  result = real_sqlite3_step (statement);
  if (rows_allowed && (real_sqlite3_stmt_status (statement, SQLITE_STMTSTATUS_FULLSCAN_STEP, 1) > 0 ||
                       real_sqlite3_stmt_status (statement, SQLITE_STMTSTATUS_SORT, 1) > 0))
    judge ("sqlite3_step (), which reads a whole table");
  return result;
}

/* --- Waiting for threads and time --- */

void
g_cond_wait (GCond  *condition,
             GMutex *mutex)
{
  REAL (void, g_cond_wait, GCond *, GMutex *);

  if (on_duty ())
    judge ("g_cond_wait ()");
  real_g_cond_wait (condition, mutex);
}

gpointer
g_thread_join (GThread *thread)
{
  REAL (gpointer, g_thread_join, GThread *);

  if (on_duty ())
    judge ("g_thread_join ()");
  return real_g_thread_join (thread);
}

gpointer
g_async_queue_pop (GAsyncQueue *queue)
{
  REAL (gpointer, g_async_queue_pop, GAsyncQueue *);

  if (on_duty ())
    judge ("g_async_queue_pop ()");
  return real_g_async_queue_pop (queue);
}

int
clock_nanosleep (clockid_t              clock,
                 int                    flags,
                 const struct timespec *requested,
                 struct timespec       *remaining)
{
  REAL (int, clock_nanosleep, clockid_t, int, const struct timespec *, struct timespec *);

  if (on_duty ())
    judge ("clock_nanosleep ()");
  return real_clock_nanosleep (clock, flags, requested, remaining);
}

/* --- Work that takes long on purpose --- */

int
crypto_pwhash_str_alg (char                hash[crypto_pwhash_STRBYTES],
                       const char * const  password,
                       unsigned long long  size,
                       unsigned long long  operations,
                       size_t              memory,
                       int                 algorithm)
{
  REAL (int, crypto_pwhash_str_alg, char *, const char *, unsigned long long, unsigned long long, size_t, int);

  if (on_duty ())
    judge ("crypto_pwhash_str_alg ()");
  return real_crypto_pwhash_str_alg (hash, password, size, operations, memory, algorithm);
}

int
crypto_pwhash_str_verify (const char          hash[crypto_pwhash_STRBYTES],
                          const char * const  password,
                          unsigned long long  size)
{
  REAL (int, crypto_pwhash_str_verify, const char *, const char *, unsigned long long);

  if (on_duty ())
    judge ("crypto_pwhash_str_verify ()");
  return real_crypto_pwhash_str_verify (hash, password, size);
}
