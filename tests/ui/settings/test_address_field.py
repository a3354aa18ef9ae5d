"""A password in an address is masked from the first character that can't belong to a port."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from app.ui.settings.address_field import AddressField


@pytest.mark.parametrize(
    ("typed", "covered"),
    [
        ("http://user:secret", True),
        ("http://user:1secret", True),
        ("http://user:1234567", True),
        ("user:secret", True),
        ("user:1secret", True),
        ("user:1secret@127.0.0.1:7890", True),
        ("http://user@127.0.0.1:7890", True),
        ("http:", False),
        ("http:/", False),
        ("http://", False),
        ("127.0.0.1:7890", False),
        (" http://127.0.0.1:7890 ", False),
        ("https://gateway:8443/v1/models:list", False),
        ("http://[::1]:7890", False),
        ("[fe80::1]:7890", False),
    ],
)
def test_credentials_are_masked_while_typed_and_ports_are_not(qtbot: QtBot, typed: str, covered: bool) -> None:
    field = AddressField()
    qtbot.addWidget(field)
    field.set_cover(credentials=True, everything=False)
    qtbot.keyClicks(field, typed)
    assert (field.echoMode() == QLineEdit.EchoMode.Password) == covered
    field.set_cover(credentials=False, everything=False)
    assert field.echoMode() == QLineEdit.EchoMode.Normal
