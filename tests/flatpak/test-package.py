#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Handover developers
"""What is in the Flatpak, and what it may do."""

import configparser
import json
import os
import re
import subprocess
import sys
import unittest
import xml.etree.ElementTree

from support import build, tap

ID = 'dev.handover.Handover'
APP = os.environ['HANDOVER_FLATPAK_APP']
MANIFEST = os.path.join(build.SOURCE, 'flatpak', ID + '.json')
CEILING = 4 << 20


def files(*folder):
    top = os.path.join(APP, *folder)
    return sorted(os.path.relpath(os.path.join(path, name), top)
                  for path, _, names in os.walk(top) for name in names)


class Package(unittest.TestCase):
    def setUp(self):
        with open(MANIFEST, encoding='utf-8') as file:
            self.manifest = json.load(file)

    def test_two_programs(self):
        self.assertEqual(files('files', 'bin'), ['handover', 'handoverd'])

    def test_nothing_for_building(self):
        self.assertEqual([name for name in files('files') if re.search(r'^include/|/pkgconfig/|\.(a|la|h|pc)$', name)],
                         [])

    def test_size(self):
        size = sum(os.path.getsize(os.path.join(APP, 'files', name)) for name in files('files'))
        print('# installed size: %.1f MB' % (size / 1e6))
        self.assertLess(size, CEILING)

    def test_what_the_desktop_finds(self):
        exported = files('export', 'share')
        for name in ('applications/%s.desktop', 'dbus-1/services/%s.service', 'metainfo/%s.metainfo.xml',
                     'icons/hicolor/scalable/apps/%s.svg', 'icons/hicolor/symbolic/apps/%s-symbolic.svg'):
            self.assertIn(name % ID, exported)

    def test_the_store_finds_its_pictures(self):
        """Each as large as the metainfo says; where they are served, nobody checks."""
        path = os.path.join(APP, 'export', 'share', 'metainfo', ID + '.metainfo.xml')
        images = xml.etree.ElementTree.parse(path).findall('screenshots/screenshot/image')
        self.assertGreaterEqual(len(images), 3)
        for image in images:
            picture = os.path.join(build.SOURCE, 'data', 'screenshots', os.path.basename(image.text))
            size = subprocess.run(['identify', '-format', '%w %h', picture], capture_output=True, text=True, check=True)
            self.assertEqual(size.stdout.split(), [image.get('width'), image.get('height')])

    def test_permissions(self):
        """Exactly those that the manifest asks for and its README explains."""
        metadata = configparser.ConfigParser()
        metadata.optionxform = str
        metadata.read(os.path.join(APP, 'metadata'), encoding='utf-8')
        self.assertEqual({section: dict(metadata[section]) for section in metadata.sections()
                          if section not in ('Application', 'Build') and not section.startswith('Extension ')},
                         {'Context': {'shared': 'network;ipc;', 'sockets': 'x11;wayland;fallback-x11;',
                                      'devices': 'dri;'}})
        with open(os.path.join(build.SOURCE, 'flatpak', 'README.md'), encoding='utf-8') as file:
            explained = re.findall(r'^\| `(--\S+)`', file.read(), re.MULTILINE)
        self.assertEqual(sorted(explained), sorted(self.manifest['finish-args']))

    def test_runs_the_service(self):
        """The service is there to be started by the app."""
        said = subprocess.run(['flatpak', 'run', '--command=handoverd', ID, '--version'], capture_output=True,
                              text=True, check=True)
        self.assertIn('handoverd', said.stdout)

    def test_modules_are_pinned(self):
        for module in self.manifest['modules']:
            for source in module['sources']:
                self.assertTrue(source['type'] == 'dir' or re.fullmatch('[0-9a-f]{64}', source.get('sha256', '')), source)


if __name__ == '__main__':
    sys.exit(tap.main())
