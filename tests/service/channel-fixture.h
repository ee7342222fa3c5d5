/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include "fake-channel.h"
#include "service-fixture.h"

G_BEGIN_DECLS

/* A service that the fake platform can be connected to, by the kind `sms`. */

void        channel_fixture_set_up    (ServiceFixture *self,
                                       gconstpointer   data);
void        channel_fixture_tear_down (ServiceFixture *self,
                                       gconstpointer   data);
void        channel_fixture_stop      (ServiceFixture *self);
void        channel_fixture_start     (ServiceFixture *self);
void        channel_fixture_kill      (ServiceFixture *self);

JsonObject *channel_fixture_call      (ServiceFixture *self,
                                       const char     *method,
                                       const char     *path,
                                       const char     *token,
                                       guint           status,
                                       const char     *format,
                                       ...) G_GNUC_PRINTF (6, 7);
void        channel_fixture_quieten   (ServiceFixture *self);
char       *channel_fixture_connect   (ServiceFixture *self,
                                       const char     *account);
char       *channel_fixture_agent     (ServiceFixture *self,
                                       char          **key);
char       *channel_fixture_find      (ServiceFixture *self,
                                       const char     *contact);
char       *channel_fixture_claim     (ServiceFixture *self,
                                       const char     *contact);
void        channel_fixture_reply     (ServiceFixture *self,
                                       const char     *conversation_id,
                                       const char     *text);
char       *channel_fixture_read      (ServiceFixture *self,
                                       const char     *conversation_id);
char       *channel_fixture_describe  (ServiceFixture *self,
                                       const char     *channel_id);

/* Runs the main loop until the condition holds. */
#define channel_fixture_wait(condition)                              \
  G_STMT_START                                                       \
  {                                                                  \
    guint wait_timer_ = g_timeout_add (20, channel_fixture_tick, NULL); \
    gint64 wait_end_ = g_get_monotonic_time () + 30 * G_USEC_PER_SEC; \
    while (!(condition))                                             \
      {                                                              \
        g_assert_cmpint (g_get_monotonic_time (), <, wait_end_);     \
        g_main_context_iteration (NULL, TRUE);                       \
      }                                                              \
    g_source_remove (wait_timer_);                                   \
  }                                                                  \
  G_STMT_END

/* Waits until what a function of the fixture tells is as expected. */
#define channel_fixture_expect(told, expected)                \
  G_STMT_START                                                \
  {                                                           \
    gint64 expect_end_ = g_get_monotonic_time () + 30 * G_USEC_PER_SEC; \
    for (;;)                                                  \
      {                                                       \
        g_autofree char *told_ = told;                        \
        if (g_strcmp0 (told_, expected) == 0)                 \
          break;                                              \
        if (g_get_monotonic_time () > expect_end_)            \
          g_assert_cmpstr (told_, ==, expected);              \
        g_main_context_iteration (NULL, FALSE);               \
      }                                                       \
  }                                                           \
  G_STMT_END

gboolean    channel_fixture_tick      (gpointer data);

G_END_DECLS
