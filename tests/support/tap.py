# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Handover developers
"""unittest's cases, reported as TAP for Meson."""

import sys
import time
import unittest


class TapResult(unittest.TestResult):
    def __init__(self):
        super().__init__()
        self.number = 0
        self.started = 0

    def startTest(self, test):
        super().startTest(test)
        self.started = time.monotonic()

    def _line(self, word, test, note=''):
        self.number += 1
        name = test.id().removeprefix('__main__.').replace('#', '')
        print('%s %d - %s%s' % (word, self.number, name, note), flush=True)
        print('# %.2f s' % (time.monotonic() - self.started), flush=True)

    def _explain(self, test, error):
        for line in self._exc_info_to_string(error, test).splitlines():
            print('# ' + line, flush=True)

    def addSuccess(self, test):
        super().addSuccess(test)
        self._line('ok', test)

    def addFailure(self, test, err):
        super().addFailure(test, err)
        self._line('not ok', test)
        self._explain(test, err)

    def addError(self, test, err):
        super().addError(test, err)
        self._line('not ok', test)
        self._explain(test, err)

    def addSubTest(self, test, subtest, err):
        """Only those that fail have a line; the case then has none of its own."""
        super().addSubTest(test, subtest, err)
        if err is not None:
            self._line('not ok', subtest)
            self._explain(subtest, err)

    def addSkip(self, test, reason):
        super().addSkip(test, reason)
        self._line('ok', test, ' # SKIP ' + reason)


def main():
    """Runs the cases of the calling program; arguments name some of them."""
    loader = unittest.TestLoader()
    names = sys.argv[1:]
    suite = loader.loadTestsFromNames(names, sys.modules['__main__']) if names \
        else loader.loadTestsFromModule(sys.modules['__main__'])
    result = TapResult()
    suite.run(result)
    # At the end: what a class finds when it is torn down counts as well.
    print('1..%d' % result.number, flush=True)
    return 0 if result.wasSuccessful() else 1
