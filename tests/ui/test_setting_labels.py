"""Every setting the user can see has a label, and a message about a setting names it."""

from __future__ import annotations

from typing import Any

import pytest

from app.core.errors import Code, WorkbenchError
from app.core.settings import CONNECT_TIMEOUT, DECLARED, LANGUAGE, Setting, Settings
from app.ui.texts.errors import error_message
from app.ui.texts.setting_labels import setting_label

VISIBLE = [key for key, setting in DECLARED.items() if setting.page != "remembered"]


@pytest.mark.parametrize("key", VISIBLE)
def test_every_visible_setting_has_a_label(key: str) -> None:
    assert setting_label(key) != key


def test_no_two_settings_share_a_label() -> None:
    labels = [setting_label(key) for key in VISIBLE]
    assert len(set(labels)) == len(labels)


@pytest.mark.parametrize(("setting", "value", "expected"), [(CONNECT_TIMEOUT, 0.5, "0.5"), (LANGUAGE, "xx", "xx")])
def test_a_rejected_value_is_reported_with_the_label(setting: Setting[Any], value: object, expected: str) -> None:
    with pytest.raises(WorkbenchError) as rejected:
        Settings().set(setting, value)
    message = error_message(rejected.value)
    assert rejected.value.code is Code.SETTING_INVALID
    assert message.what == f"“{expected}” is not valid for {setting_label(setting.key)}."
