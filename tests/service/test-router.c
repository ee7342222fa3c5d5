/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "service/http/handover-router.h"

#include <string.h>

#include "core/handover-problem.h"
#include "service/http/handover-remote-address.h"

static gboolean
answer_nothing (HandoverStore           *store,
                const HandoverPrincipal *principal,
                HandoverRequest         *request,
                HandoverResponse        *response,
                GError                 **error)
{
  return TRUE;
}

static const HandoverRoute routes[] = {
  { "GET", "/v1/things", HANDOVER_ACCESS_OPERATOR, HANDOVER_ROUTE_READ, answer_nothing },
  { "POST", "/v1/things", HANDOVER_ACCESS_ADMIN, HANDOVER_ROUTE_WRITE, answer_nothing },
  { "GET", "/v1/things/{id}", HANDOVER_ACCESS_OPERATOR, HANDOVER_ROUTE_READ, answer_nothing },
  { "DELETE", "/v1/things/{id}/parts/{part}", HANDOVER_ACCESS_ADMIN, HANDOVER_ROUTE_WRITE, answer_nothing },
  { NULL },
};

static const HandoverRoute *
match (const char       *method,
       const char       *path,
       HandoverRequest **request,
       char            **allowed,
       GError          **error)
{
  g_autoptr (HandoverRouter) router = handover_router_new ();

  handover_router_add (router, routes);
  *request = handover_request_new (method, path, NULL);
  return handover_router_match (router, *request, allowed, error);
}

static void
test_parameters (void)
{
  g_autoptr (HandoverRequest) request = NULL;
  g_autofree char *allowed = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (match ("DELETE", "/v1/things/a%2Fb/parts/%C3%A9", &request, &allowed, &error) == &routes[3]);
  g_assert_no_error (error);
  g_assert_cmpstr (handover_request_get_parameter (request, "id"), ==, "a/b");
  g_assert_cmpstr (handover_request_get_parameter (request, "part"), ==, "é");
}

static void
test_refusals (void)
{
  static const struct
  {
    const char *method;
    const char *path;
    HandoverProblem problem;
    const char *allowed;
  } cases[] = {
    { "GET", "/", HANDOVER_PROBLEM_NOT_FOUND, NULL },
    { "GET", "/v1/things/", HANDOVER_PROBLEM_NOT_FOUND, NULL },
    { "GET", "/v1//things", HANDOVER_PROBLEM_NOT_FOUND, NULL },
    { "GET", "/v1/things/x/y", HANDOVER_PROBLEM_NOT_FOUND, NULL },
    { "PUT", "/v1/things", HANDOVER_PROBLEM_METHOD_NOT_ALLOWED, "GET, POST" },
    { "HEAD", "/v1/things/x", HANDOVER_PROBLEM_METHOD_NOT_ALLOWED, "GET" },
    { "GET", "/v1/things/%ff", HANDOVER_PROBLEM_INVALID_REQUEST, NULL },
    { "GET", "/v1/things/%00", HANDOVER_PROBLEM_INVALID_REQUEST, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (HandoverRequest) request = NULL;
      g_autofree char *allowed = NULL;
      g_autoptr (GError) error = NULL;

      g_assert_null (match (cases[i].method, cases[i].path, &request, &allowed, &error));
      g_assert_error (error, HANDOVER_PROBLEM, (int) cases[i].problem);
      g_assert_cmpstr (allowed, ==, cases[i].allowed);
    }
}

static void
test_query (void)
{
  static const char * const malformed[] = { "cursor=%00", "a=%ff", "a=%2" };
  g_autoptr (HandoverRequest) request = handover_request_new ("GET", "/", "limit=20&q=a+b%21&limit=30&far=99999999999999999999");
  gint64 value;

  g_assert_cmpstr (handover_request_get_query (request, "q"), ==, "a b!");
  g_assert_null (handover_request_get_query (request, "none"));
  g_assert_true (handover_request_get_integer (request, "limit", 1, 100, 50, &value, NULL));
  g_assert_cmpint (value, ==, 30);
  g_assert_true (handover_request_get_integer (request, "none", 1, 100, 50, &value, NULL));
  g_assert_cmpint (value, ==, 50);
  g_assert_false (handover_request_get_integer (request, "limit", 1, 20, 10, &value, NULL));
  g_assert_false (handover_request_get_integer (request, "far", 1, G_MAXINT64, 10, &value, NULL));
  g_assert_false (handover_request_get_integer (request, "q", 1, 20, 10, &value, NULL));
  g_assert_false (request->malformed);

  for (guint i = 0; i < G_N_ELEMENTS (malformed); i++)
    {
      g_autoptr (HandoverRequest) other = handover_request_new ("GET", "/", malformed[i]);

      g_assert_true (other->malformed);
    }
}

static void
test_bodies (void)
{
  static const struct
  {
    const char *text;
    int problem;
  } cases[] = {
    { "", -1 },
    { "{\"a\": 1}", -1 },
    { "[]", HANDOVER_PROBLEM_INVALID_REQUEST },
    { "{", HANDOVER_PROBLEM_MALFORMED_JSON },
    { "{} {}", HANDOVER_PROBLEM_MALFORMED_JSON },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (HandoverRequest) request = handover_request_new ("POST", "/", NULL);
      g_autoptr (GError) error = NULL;

      request->data = g_bytes_new_static (cases[i].text, strlen (cases[i].text));
      g_assert_cmpint (handover_request_parse (request, &error), ==, cases[i].problem < 0);
      if (cases[i].problem >= 0)
        g_assert_error (error, HANDOVER_PROBLEM, cases[i].problem);
      else
        g_assert_nonnull (handover_request_get_object (request));
    }
}

static void
test_remote_address (void)
{
  const char * const proxies[] = { "127.0.0.1", "10.0.0.2", NULL };
  static const struct
  {
    const char *peer;
    const char *header;
    const char *expected;
  } cases[] = {
    { "127.0.0.1", NULL, "127.0.0.1" },
    { "127.0.0.1", "203.0.113.7", "203.0.113.7" },
    { "127.0.0.1", "1.1.1.1, 203.0.113.7, 10.0.0.2", "203.0.113.7" },
    { "127.0.0.1", "1.1.1.1, nonsense", "127.0.0.1" },
    { "203.0.113.9", "1.1.1.1", "203.0.113.9" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GSocketAddress) peer = g_inet_socket_address_new_from_string (cases[i].peer, 5000);
      g_autofree char *found = handover_remote_address_find (peer, cases[i].header, proxies);

      g_assert_cmpstr (found, ==, cases[i].expected);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/router/parameters", test_parameters);
  g_test_add_func ("/router/refusals", test_refusals);
  g_test_add_func ("/request/query", test_query);
  g_test_add_func ("/request/bodies", test_bodies);
  g_test_add_func ("/remote-address", test_remote_address);

  return g_test_run ();
}
