"""Finds settings by the names of controls and the choices they offer."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QListView,
    QPlainTextEdit,
    QWidget,
)

_KINDS = (QLineEdit, QComboBox, QAbstractSpinBox, QAbstractButton, QListView, QPlainTextEdit)


_SYNONYMS = (
    ("timeout", "time limit", "seconds", "超时", "时限", "秒"),
    ("font", "text size", "zoom", "字体", "字号", "文字大小", "缩放"),
    ("url", "address", "endpoint", "host", "地址", "主机", "网址"),
    ("key", "token", "password", "secret", "credential", "密钥", "令牌", "密码"),
    ("theme", "dark", "light", "colour", "color", "主题", "深色", "浅色", "颜色"),
    ("language", "translation", "语言", "翻译"),
    ("proxy", "vpn", "代理"),
    ("microphone", "mic", "recording", "input", "麦克风", "录音", "输入设备"),
    ("output", "speaker", "headphones", "playback", "输出设备", "扬声器", "耳机", "播放"),
    ("price", "cost", "spend", "价格", "费用", "花费"),
    ("backup", "copy", "save", "备份"),
    ("remove", "delete", "erase", "clear", "删除", "移除", "清除"),
    ("motion", "animation", "动画", "动态效果"),
    ("retries", "retry", "attempts", "重试"),
    ("requests per minute", "rate limit", "rpm", "速率", "每分钟请求"),
    ("extra request fields", "extra body", "json", "额外字段"),
)
"""Groups of words, in both languages, of which any finds the settings named with another."""


class SearchResult(NamedTuple):
    """A control that was found, its page and its name."""

    page: str
    name: str
    control: QWidget


def find(pages: Mapping[str, QWidget], query: str) -> list[SearchResult]:
    """Find controls by name, choices or synonyms, which contain every word of the query; name matches come first."""
    query_words = query.casefold().split()
    if not query_words:
        return []
    by_name, by_choice = [], []
    for page, content in pages.items():
        names: set[str] = set()
        for control, name, choices in _controls(content):
            if name in names:
                continue
            names.add(name)
            if all(word in name.casefold() for word in query_words):
                by_name.append(SearchResult(page, name, control))
            elif all(_matches(word, f"{name} {choices}".casefold()) for word in query_words):
                by_choice.append(SearchResult(page, name, control))
    return by_name + by_choice


def _matches(word: str, text: str) -> bool:
    """Whether a text contains a word or, for a word of three letters or more, a synonym of it."""
    if word in text:
        return True
    is_long = len(word) >= (3 if word.isascii() else 2)
    return is_long and any(
        any(term.startswith(word) for term in group) and any(_holds(text, term) for term in group)
        for group in _SYNONYMS
    )


def _holds(text: str, term: str) -> bool:
    """Whether a text contains a term as words; Chinese has no blanks between words."""
    return re.search(rf"\b{re.escape(term)}\b", text) is not None if term.isascii() else term in text


def _controls(page: QWidget) -> Iterator[tuple[QWidget, str, str]]:
    """The controls of a page with name and choices, in creation order."""
    for control in page.findChildren(QWidget):
        is_internal = isinstance(control.parent(), (QComboBox, QAbstractSpinBox, QLineEdit))
        if is_internal or not isinstance(control, _KINDS) or not control.isVisibleTo(page):
            continue
        name = control.accessibleName() or (control.text() if isinstance(control, QAbstractButton) else "")
        if not name:
            continue
        choices = ""
        if isinstance(control, QComboBox):
            choices = " ".join(control.itemText(row) for row in range(control.count()))
        yield control, name, choices
