"""Shortcuts that both a command and the tooltip of its button show, in Qt's portable key sequence format."""

from __future__ import annotations

COPY = "Ctrl+Shift+C"
REGENERATE = "Ctrl+R"
EDIT = "Ctrl+Shift+E"
SPEAK = "Ctrl+Shift+S"
INSPECT = "Ctrl+I"
PREVIOUS_VERSION = "Ctrl+["
NEXT_VERSION = "Ctrl+]"
TALK = "Ctrl+Space"
