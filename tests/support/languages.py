# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Handover developers
"""The app in other languages: those of po/, and 'pseudo', which nobody speaks."""

import gettext
import os
import re
import subprocess

from support import build

LOCALES = {'de': 'de_DE.UTF-8', 'es': 'es_ES.UTF-8', 'ar': 'ar_EG.UTF-8', 'pseudo': 'en_US.UTF-8', 'en': 'en_US.UTF-8'}


class Language:
    """What an app needs to speak it, and how it says a text of ours."""

    def __init__(self, name, folder):
        """folder: made by make_catalogues()."""
        self.name = name
        self.folder = folder
        self.catalogue = gettext.translation('handover', folder, [name], fallback=True)

    def say(self, text):
        """As it reads on screen: without the line that marks a mnemonic."""
        return re.sub(r'_(?=\w)', '', self.catalogue.gettext(text), count=1)

    def say_of(self, context, text):
        return self.catalogue.pgettext(context, text)

    @property
    def environment(self):
        library = os.path.join(build.build_folder(), 'tests', 'support', 'libtranslations.so')
        return {'LANG': LOCALES[self.name], 'LC_ALL': LOCALES[self.name], 'LANGUAGE': self.name,
                'HANDOVER_TRANSLATIONS': self.folder, 'LD_PRELOAD': library}


def make_catalogues(folder):
    subprocess.run([os.path.join(build.SOURCE, 'build-aux', 'translations'), '--compile', folder, '--pseudo', folder],
                   check=True)
