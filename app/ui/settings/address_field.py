"""A line edit for an address, which may contain a user name and password."""

from __future__ import annotations

import re

from PySide6.QtWidgets import QLineEdit

from app.ui.settings.commit_line_edit import CommitLineEdit

_CREDENTIALS = re.compile(r"@|(?:^|//)[^/\[]*:(?:[^/]*[^/\d\s]|\d{6})")
"""Credentials before a host, even before the `@` is typed: a port has at most five digits."""


class AddressField(CommitLineEdit):
    """Masks an address that contains credentials in presentation mode, also while it is typed."""

    def __init__(self) -> None:
        super().__init__()
        self._covers_credentials = self._covers_all = False
        self.textChanged.connect(self._update_echo_mode)

    def set_cover(self, *, credentials: bool, everything: bool) -> None:
        """Set what to mask: addresses with credentials, or every address."""
        self._covers_credentials, self._covers_all = credentials, everything
        self._update_echo_mode()

    def _update_echo_mode(self) -> None:
        covered = self._covers_all or (self._covers_credentials and _CREDENTIALS.search(self.text()) is not None)
        self.setEchoMode(QLineEdit.EchoMode.Password if covered else QLineEdit.EchoMode.Normal)
