# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Handover developers
"""Libraries of ours that change what a program sees of the system, by a number that can be set while it runs."""

import contextlib
import mmap
import os
import struct
import tempfile

from support import build


@contextlib.contextmanager
def preloaded(name, start):
    """Calls `start`; what that starts gets the library before all others.

    Gives what sets the number that it reads, and what `start` returned.
    """
    with tempfile.NamedTemporaryFile() as file:
        file.write(bytes(8))
        file.flush()
        environment = {'LD_PRELOAD': os.path.join(build.build_folder(), 'tests', 'fire', 'lib%s.so' % name),
                       name.upper().replace('-', '_'): file.name}
        os.environ.update(environment)
        try:
            started = start()
        finally:
            for variable in environment:
                del os.environ[variable]
        with mmap.mmap(file.fileno(), 8) as number:
            def put(value):
                number[:] = struct.pack('q', value)
            yield put, started
