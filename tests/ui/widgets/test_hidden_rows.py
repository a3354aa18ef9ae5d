"""What assistive technology hears of the rows of a list that is not on the screen."""

from __future__ import annotations

from PySide6.QtCore import QStringListModel
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QStackedWidget, QWidget
from pytestqt.qtbot import QtBot

from app.ui.widgets.row_list import RowList


def test_rows_are_invisible_while_their_list_is_hidden(qtbot: QtBot) -> None:
    pages, rows = QStackedWidget(), RowList("Rows")
    qtbot.addWidget(pages)
    rows.setModel(QStringListModel(["one", "two"], rows))
    pages.addWidget(rows)
    pages.addWidget(QWidget())
    pages.resize(300, 200)
    pages.show()
    row = QAccessible.queryAccessibleInterface(rows).child(0)
    assert not row.state().invisible
    pages.setCurrentIndex(1)
    assert row.state().invisible
    assert not row.state().focused
    pages.setCurrentIndex(0)
    assert not row.state().invisible


def test_a_hidden_list_scrolls_to_the_row_that_is_selected(qtbot: QtBot) -> None:
    rows = RowList("Rows")
    qtbot.addWidget(rows)
    rows.setModel(QStringListModel([f"row {number}" for number in range(200)], rows))
    rows.resize(300, 200)
    rows.show()
    rows.hide()
    rows.scrollTo(rows.model().index(150, 0))
    rows.show()
    assert rows.viewport().rect().intersects(rows.visualRect(rows.model().index(150, 0)))
