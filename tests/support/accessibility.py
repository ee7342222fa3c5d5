# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Handover developers
"""Driving an application by its accessible names, as a screen reader sees it.

Import it only when the desktop is up: AT-SPI takes its bus from the environment once.
"""

import re
import subprocess
import time
import warnings

import gi
gi.require_version('Atspi', '2.0')
from gi.repository import Atspi, GLib  # noqa: E402

from support.waiting import Timeout, wait_until  # noqa: E402

warnings.simplefilter('ignore', DeprecationWarning)
Atspi.init()
Atspi.set_timeout(4000, 8000)

# Newer AT-SPI says "button" where older said "push button"; tests write the short word.
ROLE_WORDS = {'push button': 'button', 'check box': 'check box', 'toggle button': 'toggle button'}


def turn_main_context():
    context = GLib.MainContext.default()
    while context.pending():
        context.iteration(False)


class Node:
    """One accessible object. Reads fresh values: nothing of the tree is kept."""

    def __init__(self, accessible):
        self.accessible = accessible

    def __repr__(self):
        return '<%s %r>' % (self.role, self.name)

    @property
    def name(self):
        return self.accessible.get_name() or ''

    @property
    def description(self):
        return self.accessible.get_description() or ''

    @property
    def role(self):
        role = self.accessible.get_role_name()
        return ROLE_WORDS.get(role, role)

    @property
    def states(self):
        return {state.value_nick for state in self.accessible.get_state_set().get_states()}

    @property
    def is_showing(self):
        return 'showing' in self.states

    @property
    def is_sensitive(self):
        return 'sensitive' in self.states

    @property
    def is_checked(self):
        return bool(self.states & {'checked', 'pressed'})

    @property
    def children(self):
        self.accessible.clear_cache_single()
        count = self.accessible.get_child_count()
        found = (self.accessible.get_child_at_index(i) for i in range(count))
        return [Node(child) for child in found if child is not None]

    @property
    def text(self):
        """The text inside (labels, entries, text views), or None."""
        interface = self.accessible.get_text_iface()
        if interface is None:
            return None
        return Atspi.Text.get_text(interface, 0, Atspi.Text.get_character_count(interface))

    @property
    def extents(self):
        """x, y, width, height within its window."""
        component = self.accessible.get_component_iface()
        box = Atspi.Component.get_extents(component, Atspi.CoordType.WINDOW)
        return box.x, box.y, box.width, box.height

    def walk(self, depth=0):
        yield depth, self
        try:
            children = self.children
        except GLib.Error:
            return
        for child in children:
            yield from child.walk(depth + 1)

    def all(self, name=None, role=None, showing=True, contains=None):
        """Every match now. name: exact name or text; contains: a part of either."""
        found = []
        for _, node in self.walk():
            try:
                if node._matches(name, role, showing, contains):
                    found.append(node)
            except GLib.Error:
                continue
        return found

    def _matches(self, name, role, showing, contains):
        if role is not None and self.role != role:
            return False
        if name is not None and self.name != name and self.text != name:
            return False
        if contains is not None and contains not in self.name and contains not in (self.text or ''):
            return False
        return not showing or self.is_showing

    def first(self, name=None, role=None, showing=True, contains=None):
        for _, node in self.walk():
            try:
                if node._matches(name, role, showing, contains):
                    return node
            except GLib.Error:
                continue
        return None

    def find(self, name=None, role=None, seconds=10, showing=True, contains=None, sensitive=False):
        """Waits for a match; with sensitive=True for one that can be used."""
        def look():
            turn_main_context()
            try:
                node = self.first(name, role, showing, contains)
                return node if node and (not sensitive or node.is_sensitive) else None
            except GLib.Error:
                return None
        try:
            return wait_until(look, '%s %r' % (role or 'anything', name or contains), seconds, 0.04)
        except Timeout as error:
            raise Timeout('%s; on screen: %s' % (error, self.summary())) from None

    def wait_gone(self, name=None, role=None, seconds=10, contains=None):
        wait_until(lambda: self.first(name, role, True, contains) is None,
                   '%s %r to be gone' % (role or 'anything', name or contains), seconds, 0.04)

    def wait_text(self, text, seconds=10):
        wait_until(lambda: self.text == text, '%r to read %r' % (self.name, text), seconds, 0.04)

    def activate(self):
        """Does what a click does, through the accessible action."""
        if not self.is_sensitive:
            raise AssertionError('%r is insensitive' % self)
        interface = self.accessible.get_action_iface()
        if interface is None or Atspi.Action.get_n_actions(interface) == 0:
            raise AssertionError('%r has no action' % self)
        Atspi.Action.do_action(interface, 0)

    def set_text(self, text):
        """Replaces the text; an entry keeps its editable part in a child."""
        for _, node in self.walk():
            editable = node.accessible.get_editable_text_iface()
            if editable is not None:
                Atspi.EditableText.set_text_contents(editable, text)
                return
        raise AssertionError('%r cannot be edited' % self)

    @property
    def has_focus(self):
        """Whether the focus is here or on a part of it (an entry keeps its text in a child)."""
        return any('focused' in node.states for _, node in self.walk())

    def summary(self):
        """The names on screen, for a failure's message."""
        names = []
        for _, node in self.walk():
            try:
                label = node.name or node.text
                if label and node.is_showing:
                    names.append('%s %r' % (node.role, label[:60]))
            except GLib.Error:
                continue
        return '; '.join(dict.fromkeys(names)) or 'nothing'

    def tree(self):
        """One line per object, for people."""
        lines = []
        for depth, node in self.walk():
            try:
                text = node.text
                mark = '' if node.is_showing else ' (hidden)'
                lines.append('%s%s %r%s%s' % ('  ' * depth, node.role, node.name,
                                              '' if text is None else ' text=%r' % text, mark))
            except GLib.Error:
                continue
        return '\n'.join(lines)


class Application(Node):
    """A running application, and its windows on the X server."""

    def __init__(self, accessible):
        super().__init__(accessible)
        self.process_id = accessible.get_process_id()

    def window(self, seconds=10):
        return Window(self, wait_until(self._window_id, 'a window of %r' % self.name, seconds))

    def _window_id(self):
        listed = _run('xprop', '-root', '_NET_CLIENT_LIST')
        for window in re.findall(r'0x[0-9a-f]+', listed):
            owner = _run('xprop', '-id', window, '_NET_WM_PID', 'WM_CLASS')
            # In a sandbox an application does not know its number; its class is its name.
            if re.search(r'_NET_WM_PID.* = %d$' % self.process_id, owner, re.MULTILINE) or \
                    '_NET_WM_PID(' not in owner and '"%s"' % self.name in owner:
                return window
        return None


class Window:
    """The X window of an application: real pointer, real keys, real size."""

    def __init__(self, application, identifier):
        self.application = application
        self.identifier = identifier

    @property
    def shadow(self):
        """left, right, top, bottom: what client-side decorations add around the window proper."""
        found = re.search(r'= (\d+), (\d+), (\d+), (\d+)', _run('xprop', '-id', self.identifier, '_GTK_FRAME_EXTENTS'))
        return tuple(int(n) for n in found.groups()) if found else (0, 0, 0, 0)

    @property
    def geometry(self):
        """x, y, width, height on the screen, without the shadow."""
        values = dict(line.split('=') for line in
                      _run('xdotool', 'getwindowgeometry', '--shell', self.identifier).split() if '=' in line)
        left, right, top, bottom = self.shadow
        return (int(values['X']) + left, int(values['Y']) + top,
                int(values['WIDTH']) - left - right, int(values['HEIGHT']) - top - bottom)

    def resize(self, width, height, settle=True):
        left, right, top, bottom = self.shadow
        _run('xdotool', 'windowsize', self.identifier, str(width + left + right), str(height + top + bottom))
        wait_until(lambda: abs(self.geometry[2] - width) <= 1, 'a window %d wide, have %r' % (width, self.geometry))
        if settle:
            self.settle()

    def move(self, x, y):
        left, _, top, _ = self.shadow
        _run('xdotool', 'windowmove', self.identifier, str(x - left), str(y - top))

    def raise_to_front(self):
        """In front of the others, and sure of the keys: the application has been told."""
        _run('xdotool', 'windowactivate', '--sync', self.identifier)
        wait_until(lambda: any('active' in node.states for node in self.application.children),
                   'the window to be active', interval=0.04)

    def click(self, node, button=1):
        """A real press of the pointer in the middle of what a person sees there."""
        if not node.is_showing:
            raise AssertionError('%r is not on screen' % node)
        window_x, window_y, window_width, window_height = self.geometry
        x, y, width, height = self.rest(node)
        point_x, point_y = x + width // 2, y + height // 2
        if not (0 <= point_x < window_width and 0 <= point_y < window_height):
            raise AssertionError('%r lies at %d,%d, outside of the window of %d×%d'
                                 % (node, point_x, point_y, window_width, window_height))
        # A pointer that never moves is told nothing of what came to lie under it; a hand always moves.
        x, y = window_x + point_x, window_y + point_y
        _run('xdotool', 'mousemove', str(x - 1), str(y), 'mousemove', str(x), str(y), 'click', str(button))

    def rest(self, node):
        """Where something is once it no longer moves; nobody hits a row that is on its way."""
        places = [None]

        def look():
            places.append(node.extents)
            return places[-1] == places[-2] and places[-1]
        return wait_until(look, '%r to rest' % node, 5, 0.1)

    def key(self, *keys):
        """Real keys to whatever has the focus, named as xdotool names them ('ctrl+Return')."""
        _run('xdotool', 'key', '--clearmodifiers', *keys)

    def tab_to(self, node, limit=80):
        """Moves the focus there as a keyboard user does; fails when Tab never gets there."""
        for _ in range(limit):
            if node.has_focus:
                return
            self.key('Tab')
            try:
                # A slow answer costs another round of the window, not the test.
                wait_until(lambda: node.has_focus, 'the focus', 0.15, 0.03)
            except Timeout:
                continue
        raise AssertionError('%r cannot be reached by Tab' % node)

    def type(self, text):
        _run('xdotool', 'type', '--clearmodifiers', '--delay', '4', text)

    def screenshot(self, file):
        """The window proper, once it has stopped changing."""
        self.settle()
        x, y, width, height = self.geometry
        _run('import', '-silent', '-window', 'root', '-crop', '%dx%d+%d+%d' % (width, height, max(x, 0), max(y, 0)),
             '+repage', 'png:' + str(file))

    def settle(self, seconds=3):
        """Waits until two pictures in a row are the same (a ticking clock may prevent it: then goes on)."""
        def picture():
            return subprocess.run(['import', '-silent', '-window', 'root', 'gray:-'], check=True,
                                  capture_output=True).stdout
        last, deadline = picture(), time.monotonic() + seconds
        while time.monotonic() < deadline:
            time.sleep(0.1)
            current = picture()
            if current == last:
                return
            last = current


def _run(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


class Announcements:
    """What is said to who cannot see, from now on: (text, politeness) as it comes."""

    ASSERTIVE = 2

    def __init__(self):
        self.heard = []
        self.listener = Atspi.EventListener.new(lambda event: self.heard.append((event.any_data, event.detail1)))
        self.listener.register('object:announcement')

    def wait(self, text, politeness):
        def look():
            turn_main_context()
            return (text, politeness) in self.heard
        wait_until(look, 'the announcement "%s" among %s' % (text, self.heard))

    def wait_part(self, text, seconds=30):
        """Until something was said that this is a part of; returns its politeness."""
        def look():
            turn_main_context()
            return next(((said, politeness) for said, politeness in self.heard if text in (said or '')), None)
        return wait_until(look, 'an announcement with "%s" among %s' % (text, self.heard), seconds)[1]


class Toasts:
    """What an app says in passing, from now on. Taken down as it comes: it may be gone before it is looked for."""

    def __init__(self):
        self.said = []
        self.listener = Atspi.EventListener.new(self._added)
        self.listener.register('object:children-changed:add')

    def _added(self, event):
        try:
            toast = Node(event.any_data)
            if toast.role == 'alert':
                self.said += [label.text for label in toast.all(role='label', showing=False)]
        except (GLib.Error, TypeError, AttributeError):
            pass

    def wait(self, text, seconds=30):
        """Until it was said; then it counts as heard."""
        def look():
            turn_main_context()
            return text in self.said
        wait_until(look, '"%s" among %s' % (text, self.said), seconds)
        self.said.remove(text)


def names_of_applications():
    desktop = Atspi.get_desktop(0)
    desktop.clear_cache_single()
    children = (desktop.get_child_at_index(i) for i in range(desktop.get_child_count()))
    return [child for child in children if child is not None]


def application(name=None, process_id=None, seconds=15):
    """Waits for an application by accessible name or process."""
    def look():
        turn_main_context()
        for accessible in names_of_applications():
            try:
                if name in (None, accessible.get_name()) and process_id in (None, accessible.get_process_id()):
                    return Application(accessible)
            except GLib.Error:
                continue
        return None
    return wait_until(look, 'the application %r' % (name or process_id), seconds, 0.05)
