# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Handover developers
"""The real service as a child process, its log as evidence."""

import os
import re
import shutil
import subprocess
import tempfile

from support import build
from support.openapi import Checker
from support.processes import end
from support.proxy import CheckingProxy
from support.waiting import wait_until
from support.watchdog import Watchdog

REQUEST = re.compile(r'\b(GET|POST|PUT|PATCH|DELETE) (/\S*) (\d{3}) ([\d.]+)')


class Request:
    """A line of the service's log: METHOD /path STATUS milliseconds."""

    def __init__(self, method, path, status):
        self.method = method
        self.path = path
        self.status = int(status)

    def __repr__(self):
        return '%s %s %d' % (self.method, self.path, self.status)


class Service:
    """handoverd with a data folder of its own. `address` passes the checking proxy; `direct` does not."""

    def __init__(self, directory=None, arguments=(), watched=False):
        """watched: assert_never_waited() tells whether its main loop ever did."""
        self.kept = directory is not None
        self.directory = directory or tempfile.mkdtemp(prefix='hd-service-')
        self.data = os.path.join(self.directory, 'data')
        self.log_file = os.path.join(self.directory, 'service.log')
        self.arguments = list(arguments)
        self.watchdog = Watchdog(os.path.join(self.directory, 'waited')) if watched else None
        self.checker = Checker()
        self.proxy = CheckingProxy(self.checker)
        self.address = self.proxy.address
        self.direct = None
        self.child = None

    def __enter__(self):
        try:
            self.start()
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(self, *_):
        self.close()

    def start(self):
        os.makedirs(self.data, exist_ok=True)
        with open(self.log_file, 'ab') as log:
            self.child = subprocess.Popen(
                [build.service_program(), '--data-dir', self.data, '--listen', '127.0.0.1:0', *self.arguments],
                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=log, text=True,
                env={**os.environ, **(self.watchdog.environment() if self.watchdog else {})})
        line = self.child.stdout.readline().strip()
        if not line.startswith('listening on http://'):
            raise AssertionError('handoverd said %r instead of where it listens: %s' % (line, self.log()[-2000:]))
        self.direct = line.removeprefix('listening on ')
        self.proxy.target = self.direct

    def stop(self):
        """SIGTERM; returns the exit status. The proxy stays, and refuses."""
        self.proxy.target = None
        if self.child is None:
            return None
        status = end(self.child)
        self.child.stdout.close()
        self.child = None
        return status

    def kill(self):
        """SIGKILL, as a power cut would."""
        self.proxy.target = None
        self.child.kill()
        self.child.wait()
        self.child.stdout.close()
        self.child = None

    def close(self):
        self.stop()
        self.proxy.close()
        if not self.kept:
            shutil.rmtree(self.directory, ignore_errors=True)

    def log(self):
        with open(self.log_file, encoding='utf-8', errors='replace') as file:
            return file.read()

    def requests(self):
        return [Request(*found.groups()[:3]) for found in REQUEST.finditer(self.log())]

    def wait_request(self, method, pattern, status=200, seconds=10):
        """Waits until the service has logged such a request; pattern is a regular expression of the path."""
        def find():
            return next((r for r in self.requests()
                         if r.method == method and r.status == status and re.fullmatch(pattern, r.path)), None)
        return wait_until(find, '%s %s %d in the service\'s log' % (method, pattern, status), seconds)

    def assert_documented(self):
        """Fails with what the OpenAPI document does not allow of all that was answered so far."""
        if self.checker.violations:
            raise AssertionError('%d of %d answers are not as documented:\n  %s' % (
                len(self.checker.violations), self.checker.checked + self.checker.events_checked,
                '\n  '.join(dict.fromkeys(self.checker.violations))))
