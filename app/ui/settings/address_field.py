"""A line for an address, which may say who signs in there and with which password."""

from __future__ import annotations

import re

from PySide6.QtWidgets import QLineEdit

from app.ui.settings.commit_line_edit import CommitLineEdit

_CREDENTIALS = re.compile(r"@|(?:^|//)[^/\[]*:(?:[^/]*[^/\d\s]|\d{6})")
"""A name and a password before a host, also while the `@` is still to come: a port is up to five digits."""


class AddressField(CommitLineEdit):
    """Dots stand before an audience for an address with a sign-in, also while it is typed."""

    def __init__(self) -> None:
        super().__init__()
        self._covers_credentials = self._covers_all = False
        self.textChanged.connect(self._update_echo_mode)

    def set_cover(self, *, credentials: bool, everything: bool) -> None:
        """Hide an address that has a sign-in in it, or any."""
        self._covers_credentials, self._covers_all = credentials, everything
        self._update_echo_mode()

    def _update_echo_mode(self) -> None:
        covered = self._covers_all or (self._covers_credentials and _CREDENTIALS.search(self.text()) is not None)
        self.setEchoMode(QLineEdit.EchoMode.Password if covered else QLineEdit.EchoMode.Normal)
