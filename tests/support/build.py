# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Handover developers
"""Where the built programs are, and what they need to run from the build folder."""

import os
import re

SOURCE = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


def build_folder():
    """The folder that Meson names, or the usual one."""
    return os.path.abspath(os.environ.get('HANDOVER_BUILD') or os.path.join(SOURCE, '_build'))


def service_program():
    return os.path.join(build_folder(), 'src', 'service', 'handoverd')


def app_program():
    return os.path.join(build_folder(), 'src', 'app', 'handover')


def app_environment(**more):
    """The environment of an app that is not installed: schema and service lie in the build folder."""
    return {**os.environ, 'GSETTINGS_SCHEMA_DIR': os.path.join(build_folder(), 'data'),
            'HANDOVER_SERVICE_PROGRAM': service_program(), **more}


def is_sanitized():
    """Whether freed memory is kept for a while by a sanitizer, so that a program's size says nothing."""
    with open(service_program(), 'rb') as file:
        return b'libasan.so' in file.read()


def application_id():
    """With which this build was configured; the demo's has a suffix of its own."""
    with open(os.path.join(build_folder(), 'config.h'), encoding='utf-8') as file:
        return re.search(r'#define APP_ID "([^"]+)"', file.read())[1]
