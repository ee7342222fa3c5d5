# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Handover developers
"""Whether a screen reader can say what something is. Import it only when the desktop is up."""

from support.accessibility import Node

CONTROLS = {'button', 'toggle button', 'check box', 'radio button', 'switch', 'menu item', 'check menu item',
            'radio menu item', 'text', 'password text', 'entry', 'spin button', 'combo box', 'link', 'page tab', 'slider',
            'list item', 'image', 'icon', 'dialog', 'log', 'menu', 'frame', 'progress bar', 'heading'}
# What passes the keys on to its parts, and has no name to say.
SCROLLED = {'scroll pane', 'panel', 'grouping', 'list'}


def what_is_wrong(node, name):
    """What a screen reader could not tell of it, if anything; name: its own or else its text."""
    name = name.strip()
    if node.role in ('unknown', 'invalid', 'redundant object'):
        return 'a role that says nothing: %r' % node
    if name and (name == node.role or name.startswith(('Gtk', 'Adw', 'Handover')) and name != 'Handover'
                 and ' ' not in name):
        return 'named after its type: %r' % node
    needs_name = node.role in CONTROLS or 'focusable' in node.states and node.role not in SCROLLED
    if needs_name and not name and not stands_for_its_parent(node):
        return 'no name: %r in %s' % (node, ' / '.join(path(node)))
    return None


def stands_for_its_parent(node):
    """A part of what has a name and a value: the text inside an entry, the button inside another, what is chosen."""
    parent = node.accessible.get_parent()
    if parent is not None and Node(parent).name:
        return Node(parent).role in ('text', 'entry', 'spin button', 'button', 'password text')
    return any(step.startswith("combo box '") and not step.endswith("''") for step in path(node))


def path(node):
    names, parent = [], node.accessible.get_parent()
    while parent is not None and len(names) < 12:
        names.insert(0, '%s %r' % (Node(parent).role, Node(parent).name))
        parent = parent.get_parent()
    return names
