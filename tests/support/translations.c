/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

/* Preloaded by tests: a program looks for its translations, and the toolkit for its own, in the folder that
 * HANDOVER_TRANSLATIONS names first, and where they are installed only if there are none for LANGUAGE.
 */

#include <dlfcn.h>
#include <libintl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

typedef char *(*BindTextDomain) (const char *domain, const char *folder);

#undef bindtextdomain

char *
bindtextdomain (const char *domain,
                const char *folder)
{
  BindTextDomain next = (BindTextDomain) dlsym (RTLD_NEXT, "bindtextdomain");
  const char *ours = getenv ("HANDOVER_TRANSLATIONS");
  const char *language = getenv ("LANGUAGE");
  char file[4096];

  if (folder == NULL || ours == NULL || language == NULL)
    return next (domain, folder);

  snprintf (file, sizeof file, "%s/%s/LC_MESSAGES/%s.mo", ours, language, domain);

  return next (domain, access (file, R_OK) == 0 ? ours : folder);
}
