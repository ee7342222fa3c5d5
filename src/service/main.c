/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "config.h"

#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <gio/gio.h>
#include <glib-unix.h>
#include <glib/gstdio.h>
#include <sodium.h>

#include "core/handover-exit-status.h"
#include "database/handover-database-error.h"
#include "service/handover-backup.h"
#include "service/handover-data-folder.h"
#include "service/handover-service.h"

typedef struct
{
  char *data_folder;
  char *listen;
  char *config;
  char *certificate;
  char *key;
  char *command;
  char *file;
  gboolean replace;
  gboolean end_with_input;
  gboolean version;
} Arguments;

static void
arguments_clear (Arguments *arguments)
{
  g_free (arguments->data_folder);
  g_free (arguments->listen);
  g_free (arguments->config);
  g_free (arguments->certificate);
  g_free (arguments->key);
  g_free (arguments->command);
  g_free (arguments->file);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Arguments, arguments_clear)

static gboolean
fail_usage (const char  *message,
            GError     **error)
{
  g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, message);
  return FALSE;
}

/* What is left when the options are read: nothing, or a command with its file. */
static gboolean
parse_command (Arguments   *arguments,
               int          argc,
               char       **argv,
               GError     **error)
{
  if (arguments->data_folder == NULL)
    return fail_usage ("--data-dir is required", error);
  if (argc == 1)
    return arguments->listen != NULL || fail_usage ("--listen is required", error);
  if (argc != 3 || (!g_str_equal (argv[1], "backup") && !g_str_equal (argv[1], "restore")))
    return fail_usage ("the commands are “backup FILE” and “restore FILE”", error);

  if (arguments->replace && !g_str_equal (argv[1], "restore"))
    return fail_usage ("--replace belongs to “restore FILE”", error);

  arguments->command = g_strdup (argv[1]);
  arguments->file = g_strdup (argv[2]);
  return TRUE;
}

static gboolean
parse_arguments (Arguments   *arguments,
                 int         *argc,
                 char      ***argv,
                 GError     **error)
{
  const GOptionEntry entries[] = {
    { "data-dir", 'd', 0, G_OPTION_ARG_FILENAME, &arguments->data_folder, "Keep everything in DIR", "DIR" },
    { "listen", 'l', 0, G_OPTION_ARG_STRING, &arguments->listen, "Listen there; port 0 picks a free one", "HOST:PORT" },
    { "config", 'c', 0, G_OPTION_ARG_FILENAME, &arguments->config, "Read settings from FILE", "FILE" },
    { "tls-certificate", 0, 0, G_OPTION_ARG_FILENAME, &arguments->certificate, "Speak TLS with this chain", "FILE" },
    { "tls-key", 0, 0, G_OPTION_ARG_FILENAME, &arguments->key, "The certificate's private key", "FILE" },
    { "replace", 0, 0, G_OPTION_ARG_NONE, &arguments->replace, "Restore over what is there, of which a copy is kept", NULL },
    { "end-with-input", 0, 0, G_OPTION_ARG_NONE, &arguments->end_with_input, "Stop when the standard input is closed", NULL },
    { "version", 0, 0, G_OPTION_ARG_NONE, &arguments->version, "Show the version and exit", NULL },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new ("[backup FILE | restore FILE] — the escalation service");

  g_option_context_set_description (context, "“backup” copies everything into a new FILE, also while the service runs; "
                                    "“restore” makes such a FILE the database of an empty folder.");
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, argc, argv, error))
    return FALSE;

  return arguments->version || parse_command (arguments, *argc, *argv, error);
}

static gboolean
load_certificate (const Arguments  *arguments,
                  GTlsCertificate **certificate,
                  GError          **error)
{
  *certificate = NULL;
  if (arguments->certificate == NULL && arguments->key == NULL)
    return TRUE;

  if (arguments->certificate == NULL || arguments->key == NULL)
    {
      g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                           "--tls-certificate and --tls-key go together");
      return FALSE;
    }

  *certificate = g_tls_certificate_new_from_files (arguments->certificate, arguments->key, error);
  return *certificate != NULL;
}

/* Every open stream takes a descriptor; the usual soft limit is a thousand. */
static void
raise_descriptor_limit (void)
{
  struct rlimit limit;

  if (getrlimit (RLIMIT_NOFILE, &limit) == 0)
    {
      limit.rlim_cur = limit.rlim_max;
      setrlimit (RLIMIT_NOFILE, &limit);
    }
}

typedef struct
{
  GMainLoop *loop;
  HandoverService *service;
  gboolean stopping;
} Run;

static void
stopped_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      data)
{
  Run *run = data;

  handover_service_stop_finish (HANDOVER_SERVICE (object), result, NULL);
  g_main_loop_quit (run->loop);
}

static void
stop (Run *run)
{
  if (!run->stopping)
    handover_service_stop_async (run->service, stopped_cb, run);
  run->stopping = TRUE;
}

static gboolean
signal_cb (gpointer data)
{
  stop (data);

  return G_SOURCE_CONTINUE;
}

/* Who started the service holds the other end of its standard input; it is closed however that program ends. */
static gboolean
input_cb (int          descriptor,
          GIOCondition condition,
          gpointer     data)
{
  char bytes[256];

  if (read (descriptor, bytes, sizeof bytes) > 0)
    return G_SOURCE_CONTINUE;

  stop (data);

  return G_SOURCE_REMOVE;
}

static gboolean
run_service (const Arguments  *arguments,
             GError          **error)
{
  g_autoptr (HandoverConfig) config = arguments->config != NULL ? handover_config_load (arguments->config, error)
                                                                : handover_config_new ();
  g_autoptr (GTlsCertificate) certificate = NULL;
  g_autoptr (HandoverService) service = NULL;
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autofree char *uri = NULL;
  HandoverServiceOptions options = { arguments->data_folder, arguments->listen, config };
  Run run = { loop };

  if (config == NULL || !load_certificate (arguments, &certificate, error))
    return FALSE;

  options.certificate = certificate;
  service = handover_service_new (&options, error);
  if (service == NULL)
    return FALSE;

  run.service = service;
  g_unix_signal_add (SIGTERM, signal_cb, &run);
  g_unix_signal_add (SIGINT, signal_cb, &run);
  if (arguments->end_with_input)
    g_unix_fd_add (STDIN_FILENO, G_IO_IN | G_IO_HUP | G_IO_ERR, input_cb, &run);

  uri = handover_service_get_uri (service);
  g_print ("listening on %s\n", uri);
  g_main_loop_run (loop);

  return TRUE;
}

static gboolean
restore (const Arguments  *arguments,
         GError          **error)
{
  g_autofree char *key = handover_data_folder_get_key (arguments->data_folder);
  g_autofree char *kept = NULL;
  GStatBuf status;

  if (arguments->replace ? !handover_backup_replace (arguments->data_folder, arguments->file, &kept, error)
                         : !handover_backup_restore (arguments->data_folder, arguments->file, error))
    return FALSE;

  if (kept != NULL)
    g_print ("kept %s\n", kept);
  if (g_stat (key, &status) == 0 && status.st_size == 0)
    g_print ("If channels were connected: put their key in the place of %s before the service starts. Without it, "
             "connect them again with their tokens.\n", key);
  return TRUE;
}

/* Whoever restores it elsewhere needs more than the file. */
static gboolean
back_up (const Arguments  *arguments,
         GError          **error)
{
  g_autofree char *key = handover_data_folder_get_key (arguments->data_folder);

  if (!handover_backup_make (arguments->data_folder, arguments->file, error))
    return FALSE;
  if (g_file_test (key, G_FILE_TEST_EXISTS))
    g_print ("The key that opens the tokens of channels is not part of the backup. Keep a copy of %s apart from it.\n", key);
  return TRUE;
}

static gboolean
run (const Arguments  *arguments,
     GError          **error)
{
  if (g_strcmp0 (arguments->command, "backup") == 0)
    return back_up (arguments, error);
  if (g_strcmp0 (arguments->command, "restore") == 0)
    return restore (arguments, error);

  return run_service (arguments, error);
}

static HandoverExitStatus
get_database_status (HandoverDatabaseError code)
{
  switch (code)
    {
    case HANDOVER_DATABASE_ERROR_LOCKED:
      return HANDOVER_EXIT_FOLDER_BUSY;
    case HANDOVER_DATABASE_ERROR_NEWER:
      return HANDOVER_EXIT_NEWER;
    case HANDOVER_DATABASE_ERROR_FULL:
      return HANDOVER_EXIT_FULL;
    case HANDOVER_DATABASE_ERROR_IO:
      return HANDOVER_EXIT_UNREADABLE;
    case HANDOVER_DATABASE_ERROR_CORRUPT:
      return HANDOVER_EXIT_DAMAGED;
    case HANDOVER_DATABASE_ERROR_FAILED:
    case HANDOVER_DATABASE_ERROR_EXISTS:
    case HANDOVER_DATABASE_ERROR_CONSTRAINT:
    case HANDOVER_DATABASE_ERROR_STATEMENT:
    case HANDOVER_DATABASE_ERROR_BUSY:
    case HANDOVER_DATABASE_ERROR_CLOSED:
    default:
      return HANDOVER_EXIT_FAILED;
    }
}

static HandoverExitStatus
get_exit_status (const GError *error)
{
  if (error->domain == HANDOVER_DATABASE_ERROR)
    return get_database_status (error->code);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_BUSY))
    return HANDOVER_EXIT_FOLDER_BUSY;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_ADDRESS_IN_USE))
    return HANDOVER_EXIT_ADDRESS_BUSY;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE) ||
      g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_NOSPC))
    return HANDOVER_EXIT_FULL;
  if ((error->domain == G_FILE_ERROR && error->code != G_FILE_ERROR_EXIST) ||
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED) ||
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_READ_ONLY))
    return HANDOVER_EXIT_UNREADABLE;

  return HANDOVER_EXIT_FAILED;
}

int
main (int    argc,
      char **argv)
{
  g_auto (Arguments) arguments = { 0 };
  g_autoptr (GError) error = NULL;

  umask (0077);
  signal (SIGPIPE, SIG_IGN);
  /* A file that may not grow is an error to answer, not to die of. */
  signal (SIGXFSZ, SIG_IGN);
  if (sodium_init () < 0)
    {
      g_printerr ("handoverd: cannot prepare the cryptography\n");
      return EXIT_FAILURE;
    }
  raise_descriptor_limit ();

  if (!parse_arguments (&arguments, &argc, &argv, &error))
    {
      g_printerr ("handoverd: %s\n", error->message);
      return HANDOVER_EXIT_USAGE;
    }
  if (arguments.version)
    {
      g_print ("handoverd %s\n", PACKAGE_VERSION);
      return EXIT_SUCCESS;
    }
  if (run (&arguments, &error))
    return EXIT_SUCCESS;

  g_printerr ("handoverd: %s\n", error->message);
  return get_exit_status (error);
}
