/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "config.h"

#include "client/handover-local-process.h"

#include "client/handover-local-program.h"

#define LISTENING "listening on "

/* Who ran for that long did not fail at its start. */
#define STEADY (60 * G_USEC_PER_SEC)

/* How long it may take to finish what is under way, in seconds. */
#define END_LIMIT 10

/**
 * HandoverLocalProcess:
 *
 * One run of the service on this computer, from its start to its end. It holds the service's standard input: when that
 * is closed, because it was asked to end or because the app is gone, the service ends.
 */
struct _HandoverLocalProcess
{
  GObject parent_instance;

  GSubprocess *process;
  char *address;
  gint64 listening_since;
  gboolean asked;
  GSource *limit;
};

enum
{
  SIGNAL_LISTENING,
  SIGNAL_ENDED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (HandoverLocalProcess, handover_local_process, G_TYPE_OBJECT)

static void
clear_limit (HandoverLocalProcess *self)
{
  if (self->limit != NULL)
    g_source_destroy (self->limit);
  g_clear_pointer (&self->limit, g_source_unref);
}

static void
ended_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (HandoverLocalProcess) self = user_data;
  g_autoptr (GError) error = NULL;

  g_subprocess_wait_finish (self->process, result, NULL);
  clear_limit (self);
  error = handover_local_program_explain (self->process);
  g_signal_emit (self, signals[SIGNAL_ENDED], 0, error);
}

static void
line_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (HandoverLocalProcess) self = user_data;
  g_autofree char *line = NULL;
  g_autoptr (GUri) uri = NULL;

  line = g_data_input_stream_read_line_finish_utf8 (G_DATA_INPUT_STREAM (object), result, NULL, NULL);
  /* Who says anything else, or nothing, is about to end, and is asked for the reason then. */
  if (self->asked || line == NULL || !g_str_has_prefix (line, LISTENING))
    return;

  uri = g_uri_parse (line + strlen (LISTENING), G_URI_FLAGS_NONE, NULL);
  if (uri == NULL || g_uri_get_port (uri) <= 0)
    return;

  g_set_str (&self->address, line + strlen (LISTENING));
  self->listening_since = g_get_monotonic_time ();
  g_signal_emit (self, signals[SIGNAL_LISTENING], 0, (guint) g_uri_get_port (uri));
}

static gboolean
limit_cb (gpointer user_data)
{
  HandoverLocalProcess *self = user_data;

  g_subprocess_force_exit (self->process);

  return G_SOURCE_CONTINUE;
}

static void
close_input (HandoverLocalProcess *self)
{
  g_output_stream_close (g_subprocess_get_stdin_pipe (self->process), NULL, NULL);
  self->limit = g_timeout_source_new_seconds (END_LIMIT);
  g_source_set_callback (self->limit, limit_cb, self, NULL);
  g_source_attach (self->limit, g_main_context_get_thread_default ());
}

static void
spawned_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (HandoverLocalProcess) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GDataInputStream) lines = NULL;

  self->process = handover_local_program_spawn_finish (result, &error);
  if (self->process == NULL)
    {
      g_signal_emit (self, signals[SIGNAL_ENDED], 0, error);
      return;
    }

  g_subprocess_wait_async (self->process, NULL, ended_cb, g_object_ref (self));
  lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->process));
  g_data_input_stream_read_line_async (lines, G_PRIORITY_DEFAULT, NULL, line_cb, g_object_ref (self));
  if (self->asked)
    close_input (self);
}

static void
handover_local_process_finalize (GObject *object)
{
  HandoverLocalProcess *self = HANDOVER_LOCAL_PROCESS (object);

  clear_limit (self);
  g_clear_object (&self->process);
  g_free (self->address);

  G_OBJECT_CLASS (handover_local_process_parent_class)->finalize (object);
}

static void
handover_local_process_class_init (HandoverLocalProcessClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = handover_local_process_finalize;

  /**
   * HandoverLocalProcess::listening:
   * @self: the process
   * @port: the port of its address
   *
   * It answers.
   */
  signals[SIGNAL_LISTENING] = g_signal_new ("listening", HANDOVER_TYPE_LOCAL_PROCESS, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                            NULL, G_TYPE_NONE, 1, G_TYPE_UINT);

  /**
   * HandoverLocalProcess::ended:
   * @self: the process
   * @error: (nullable): why, in plain words; %NULL for a good end
   *
   * It is gone, or could not be started. Nothing comes after this.
   */
  signals[SIGNAL_ENDED] = g_signal_new ("ended", HANDOVER_TYPE_LOCAL_PROCESS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                        G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
handover_local_process_init (HandoverLocalProcess *self)
{
}

/**
 * handover_local_process_start:
 * @program: the service's program
 * @folder: where it keeps its data
 * @port: where to listen; 0 for any port that is free
 *
 * Starts the service. Its log goes to the app's own standard error.
 *
 * Returns: (transfer full): the run that begins
 */
HandoverLocalProcess *
handover_local_process_start (const char *program,
                              const char *folder,
                              guint       port)
{
  HandoverLocalProcess *self = g_object_new (HANDOVER_TYPE_LOCAL_PROCESS, NULL);
  g_autofree char *listen = g_strdup_printf ("127.0.0.1:%u", port);
  const char *arguments[] = { program, "--data-dir", folder, "--listen", listen, "--end-with-input", NULL };

  handover_local_program_spawn_async (arguments, G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE,
                                      spawned_cb, g_object_ref (self));

  return self;
}

/**
 * handover_local_process_get_address:
 * @self: a run of the service
 *
 * Gets where it answers.
 *
 * Returns: (nullable): the address, %NULL as long as it does not answer, and once it was asked to end
 */
const char *
handover_local_process_get_address (HandoverLocalProcess *self)
{
  g_return_val_if_fail (HANDOVER_IS_LOCAL_PROCESS (self), NULL);

  return self->asked ? NULL : self->address;
}

/**
 * handover_local_process_was_steady:
 * @self: a run of the service
 *
 * Tells whether it ran for so long that its end has nothing to do with its start.
 *
 * Returns: %TRUE if it did
 */
gboolean
handover_local_process_was_steady (HandoverLocalProcess *self)
{
  g_return_val_if_fail (HANDOVER_IS_LOCAL_PROCESS (self), FALSE);

  return self->address != NULL && g_get_monotonic_time () - self->listening_since > STEADY;
}

/**
 * handover_local_process_was_asked:
 * @self: a run of the service
 *
 * Tells whether it ends because it was asked to.
 *
 * Returns: %TRUE if it was asked
 */
gboolean
handover_local_process_was_asked (HandoverLocalProcess *self)
{
  g_return_val_if_fail (HANDOVER_IS_LOCAL_PROCESS (self), FALSE);

  return self->asked;
}

/**
 * handover_local_process_end:
 * @self: a run of the service
 *
 * Lets the service finish what is under way, and end.
 */
void
handover_local_process_end (HandoverLocalProcess *self)
{
  g_return_if_fail (HANDOVER_IS_LOCAL_PROCESS (self));

  if (self->asked)
    return;

  self->asked = TRUE;
  if (self->process != NULL)
    close_input (self);
}
