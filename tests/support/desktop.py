# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Handover developers
"""A private desktop without a display.

Its own home, X server, session bus with only the services we choose, accessibility bus, compositing window
manager, and on request a keyring and a recorder of notifications. start() changes this process's
environment, so that everything started afterwards lives on that desktop.
"""

import configparser
import os
import shutil
import subprocess
import tempfile

from support import build
from support.processes import Processes
from support.waiting import wait_until

BUS_CONFIGURATION = '''<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <keep_umask/>
  <listen>unix:dir={runtime}</listen>
  <servicedir>{services}</servicedir>
  <policy context="default">
    <allow send_destination="*"/>
    <allow receive_sender="*"/>
    <allow own="*"/>
  </policy>
</busconfig>
'''

# Started on demand by the private bus; everything else (portals, other keyrings) stays out.
BUS_SERVICES = ('org.a11y.Bus', 'org.xfce.Xfconf')

# Asks for the password of a locked keyring.
PROMPTER = 'org.gnome.keyring.SystemPrompter'

GTK_SETTINGS = '''[Settings]
gtk-font-name=Inter 11
gtk-icon-theme-name=Adwaita
gtk-decoration-layout=appmenu:close
gtk-xft-antialias=1
gtk-xft-hinting=1
gtk-xft-hintstyle=hintslight
gtk-xft-rgba=none
gtk-xft-dpi={dpi}
gtk-enable-animations={animations}
'''

KEYRING_PASSWORD = 'only for tests'

SETTINGS_FILE = 'config/glib-2.0/settings/keyfile'
# The section of the app's settings in it.
SETTINGS = 'dev/handover/Handover'


def start_bus(place):
    """Starts a session bus among the processes of a desktop or a seat; returns its address."""
    configuration = place.path('session.conf')
    with open(configuration, 'w', encoding='utf-8') as file:
        file.write(BUS_CONFIGURATION.format(runtime=place.path('runtime'), services=place.path('services')))
    reader, writer = os.pipe()
    place.processes.start('dbus-daemon', ['dbus-daemon', '--config-file=' + configuration, '--nofork',
                                          '--print-address=%d' % writer], pass_fds=[writer])
    os.close(writer)
    with os.fdopen(reader) as file:
        address = file.readline().strip()
    if not address:
        raise RuntimeError('the session bus did not start; see ' + place.path('logs/dbus-daemon.log'))
    return address


class Desktop:
    """See the head of this file. Use as a context manager, once per process."""

    def __init__(self, size='1280x800', dark=False, locale='en_US.UTF-8', text_scale=1.0, keyring=None,
                 notifications=True, animations=False, directory=None):
        """keyring: None (there is none), 'unlocked' or 'locked'."""
        self.size = size
        self.dark = dark
        self.locale = locale
        self.text_scale = text_scale
        self.keyring = keyring
        self.has_notifications = notifications
        self.animations = animations
        self.kept = directory is not None
        self.directory = directory or tempfile.mkdtemp(prefix='hd-')
        self.notification_log = os.path.join(self.directory, 'notifications.jsonl')
        self.processes = None

    def __enter__(self):
        try:
            self.start()
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(self, *_):
        self.close()

    def path(self, *names):
        return os.path.join(self.directory, *names)

    def start(self):
        self._make_folders()
        self.processes = Processes(self.path('logs'))
        self._set_environment()
        self._start_display()
        os.environ['DBUS_SESSION_BUS_ADDRESS'] = start_bus(self)
        self._start_accessibility()
        if self.keyring:
            self._start_keyring()
        if self.has_notifications:
            self._start_notifications()
        self._start_window_manager()
        self.set_dark(self.dark)

    def close(self):
        if self.processes is not None:
            self.processes.close()
        if not self.kept:
            shutil.rmtree(self.directory, ignore_errors=True)

    def add_bus_service(self, name, command):
        """Lets the private bus start `command` for the name, as an installed app's service file would."""
        with open(self.path('services', name + '.service'), 'w', encoding='utf-8') as file:
            file.write('[D-BUS Service]\nName=%s\nExec=%s\n' % (name, command))
        self._call('org.freedesktop.DBus', '/org/freedesktop/DBus', 'org.freedesktop.DBus.ReloadConfig')

    def set_dark(self, dark):
        """Changes the style at once, also of what is running."""
        self.dark = dark
        subprocess.run(['gsettings', 'set', 'org.gnome.desktop.interface', 'color-scheme',
                        'prefer-dark' if dark else 'prefer-light'], check=True)

    def clear_keyring(self):
        """Forgets every session that the app stored."""
        subprocess.run(['secret-tool', 'clear', 'xdg:schema', 'dev.handover.Handover.Session'], check=False)

    def read_settings(self, path=None):
        """Those of apps on this desktop, or those that a sandbox keeps for itself."""
        settings = configparser.RawConfigParser()
        settings.optionxform = str
        settings.read(path or self.path(SETTINGS_FILE), encoding='utf-8')
        return settings

    def forget_app(self):
        """The next app finds nothing of those before: no settings, no data, no session."""
        settings = self.read_settings()
        settings.remove_section(SETTINGS)
        with open(self.path(SETTINGS_FILE), 'w', encoding='utf-8') as file:
            settings.write(file, space_around_delimiters=False)
        shutil.rmtree(self.path('data', build.application_id()), ignore_errors=True)
        self.clear_keyring()

    def has_session(self, email):
        """Whether the app stored one; the keyring must be open."""
        found = subprocess.run(['secret-tool', 'search', 'xdg:schema', 'dev.handover.Handover.Session', 'email', email],
                               check=False, capture_output=True, text=True)
        return email in found.stdout + found.stderr

    def lock_keyring(self):
        self._call('org.freedesktop.secrets', '/org/freedesktop/secrets', 'org.freedesktop.Secret.Service.Lock',
                   "['/org/freedesktop/secrets/collection/login']")

    def screenshot(self, file, crop=None):
        """Saves the whole screen, or crop = (x, y, width, height) of it."""
        command = ['import', '-silent', '-window', 'root']
        if crop:
            command += ['-crop', '%dx%d+%d+%d' % (crop[2], crop[3], crop[0], crop[1]), '+repage']
        subprocess.run(command + ['png:' + str(file)], check=True)

    def _make_folders(self):
        for name in ('home', 'runtime', 'config/gtk-4.0', 'data', 'cache', 'state', 'services', 'logs'):
            os.makedirs(self.path(name), exist_ok=True)
        os.chmod(self.path('runtime'), 0o700)
        with open(self.path('config/gtk-4.0/settings.ini'), 'w', encoding='utf-8') as file:
            file.write(GTK_SETTINGS.format(dpi=round(96 * 1024 * self.text_scale), animations=int(self.animations)))
        for name in BUS_SERVICES + ((PROMPTER,) if self.keyring == 'locked' else ()):
            source = '/usr/share/dbus-1/services/%s.service' % name
            target = self.path('services', name + '.service')
            if os.path.exists(source) and not os.path.exists(target):
                os.symlink(source, target)

    def _set_environment(self):
        for name in ('WAYLAND_DISPLAY', 'DISPLAY', 'DBUS_SESSION_BUS_ADDRESS', 'AT_SPI_BUS_ADDRESS',
                     'GNOME_KEYRING_CONTROL', 'SSH_AUTH_SOCK', 'LANGUAGE', 'DESKTOP_SESSION'):
            os.environ.pop(name, None)
        os.environ.update({
            'HOME': self.path('home'),
            'XDG_RUNTIME_DIR': self.path('runtime'),
            'XDG_CONFIG_HOME': self.path('config'),
            'XDG_DATA_HOME': self.path('data'),
            'XDG_CACHE_HOME': self.path('cache'),
            'XDG_STATE_HOME': self.path('state'),
            'XDG_CURRENT_DESKTOP': 'GNOME',
            'LANG': self.locale,
            'LC_ALL': self.locale,
            'GDK_BACKEND': 'x11',
            'GSK_RENDERER': 'cairo',
            'LIBGL_ALWAYS_SOFTWARE': '1',
            'GTK_A11Y': 'atspi',
            # A file instead of memory: settings survive a restart and can be changed from outside.
            'GSETTINGS_BACKEND': 'keyfile',
            'GIO_USE_VFS': 'local',
            'GTK_USE_PORTAL': '0',
            'GDK_DEBUG': 'no-portals',
            'ADW_DISABLE_PORTAL': '1',
        })

    def _start_display(self):
        reader, writer = os.pipe()
        self.processes.start('Xvfb', ['Xvfb', '-displayfd', str(writer), '-screen', '0', self.size + 'x24',
                                      '-nolisten', 'tcp', '-noreset'], pass_fds=[writer])
        os.close(writer)
        with os.fdopen(reader) as file:
            number = file.readline().strip()
        if not number:
            raise RuntimeError('Xvfb did not start; see ' + self.path('logs/Xvfb.log'))
        os.environ['DISPLAY'] = ':' + number
        # GTK asks the X server for the resolution of text, not its own settings.
        subprocess.run(['xprop', '-root', '-f', 'RESOURCE_MANAGER', '8s', '-set', 'RESOURCE_MANAGER',
                        'Xft.dpi: %d' % round(96 * self.text_scale)], check=True)

    def _call(self, destination, path, method, *arguments):
        return subprocess.run(['gdbus', 'call', '--session', '--dest', destination, '--object-path', path,
                               '--method', method, *arguments], check=True, capture_output=True, text=True).stdout

    def _start_accessibility(self):
        """Must be on before an application starts: GTK looks once."""
        self._call('org.a11y.Bus', '/org/a11y/bus', 'org.freedesktop.DBus.Properties.Set', 'org.a11y.Status',
                   'IsEnabled', '<true>')
        answer = self._call('org.a11y.Bus', '/org/a11y/bus', 'org.a11y.Bus.GetAddress')
        os.environ['AT_SPI_BUS_ADDRESS'] = answer.strip()[2:-3]

    def _start_keyring(self):
        if self.keyring == 'locked':
            self._make_login_collection()
        child = self.processes.start('keyring', ['gnome-keyring-daemon', '--foreground', '--components=secrets']
                                     + (['--unlock'] if self.keyring == 'unlocked' else []), stdin=subprocess.PIPE)
        if self.keyring == 'unlocked':
            child.stdin.write(KEYRING_PASSWORD.encode())
        child.stdin.close()
        self.wait_for_name('org.freedesktop.secrets')

    def _make_login_collection(self):
        """A collection that exists already, so that the next keyring finds it locked."""
        child = subprocess.Popen(['gnome-keyring-daemon', '--foreground', '--components=secrets', '--unlock'],
                                 stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        child.stdin.write(KEYRING_PASSWORD.encode())
        child.stdin.close()
        wait_until(lambda: os.path.exists(self.path('data/keyrings/login.keyring')), 'a keyring file')
        child.terminate()
        child.wait()

    def _start_notifications(self):
        recorder = os.path.join(os.path.dirname(os.path.abspath(__file__)), 'notification-recorder')
        with open(self.notification_log, 'w', encoding='utf-8'):
            pass
        self.processes.start('notifications', ['/usr/bin/python3', recorder, self.notification_log])
        self.wait_for_name('org.freedesktop.Notifications')

    def wait_for_name(self, name):
        subprocess.run(['gdbus', 'wait', '--session', '--timeout', '20', name], check=True)

    def _start_window_manager(self):
        # A test may make warnings fatal in its own program, but not in this one.
        environment = {name: value for name, value in os.environ.items() if name != 'G_DEBUG'}
        self.processes.start('xfwm4', ['xfwm4', '--compositor=on', '--vblank=off'], env=environment)

        def is_managed():
            return '0x' in subprocess.run(['xprop', '-root', '_NET_SUPPORTING_WM_CHECK'], capture_output=True,
                                          text=True, check=False).stdout
        wait_until(is_managed, 'the window manager')
        subprocess.run(['xsetroot', '-solid', '#3d4c5c'], check=True)
