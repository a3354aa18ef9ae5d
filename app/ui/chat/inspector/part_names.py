"""Names of folded parts of a request or response."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from app.core.json_window import Kind
from app.ui.texts.numbers import count, size


def part_name(kind: Kind, number: int, detail: str) -> str:
    """What a token shows: what it stands for, and how long that is. May be called in any thread."""
    match kind:
        case "media":
            template = (
                QCoreApplication.translate("Inspector", "{format}, {size}")
                if detail
                else QCoreApplication.translate("Inspector", "file, {size}")
            )
            return template.format(format=detail, size=size(number))
        case "text":
            template = QCoreApplication.translate("Inspector", "{n} more characters")
        case "items":
            template = QCoreApplication.translate("Inspector", "{n} more items")
        case "fields":
            template = QCoreApplication.translate("Inspector", "{n} more fields")
        case "list":
            template = QCoreApplication.translate("Inspector", "list of {n}")
        case _:
            template = QCoreApplication.translate("Inspector", "object with {n} fields")
    return template.format(n=count(number))
