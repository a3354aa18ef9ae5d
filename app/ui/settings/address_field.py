"""A line for an address, which may say who signs in there and with which password."""

from __future__ import annotations

import re

from PySide6.QtWidgets import QLineEdit

from app.ui.settings.commit_line_edit import CommitLineEdit

_SIGN_IN = re.compile(r"@|(?:^|//)[^/\[]*:(?:[^/]*[^/\d\s]|\d{6})")
"""A name and a password before a host, also while the `@` is still to come: a port is up to five digits."""


class AddressField(CommitLineEdit):
    """Dots stand before an audience for an address with a sign-in, also while it is typed."""

    def __init__(self) -> None:
        super().__init__()
        self._sign_ins = self._all = False
        self.textChanged.connect(self._look)

    def cover(self, *, sign_ins: bool, everything: bool) -> None:
        """Hide an address that has a sign-in in it, or any."""
        self._sign_ins, self._all = sign_ins, everything
        self._look()

    def _look(self) -> None:
        covered = self._all or (self._sign_ins and _SIGN_IN.search(self.text()) is not None)
        self.setEchoMode(QLineEdit.EchoMode.Password if covered else QLineEdit.EchoMode.Normal)
