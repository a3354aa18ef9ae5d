"""A spin box that commits typed text when editing pauses or ends, and refuses what it can't read."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QHideEvent, QKeyEvent, QPainter, QPaintEvent, QValidator, QWheelEvent
from PySide6.QtWidgets import QDoubleSpinBox, QWidget

from app.core.sentence_joiner import join_sentences
from app.core.typed_numbers import NumberProblem, TypedNumber, read_number
from app.ui.theme.theme import theme
from app.ui.theme.tokens import CONTROL_HEIGHT, DISABLED_OPACITY, Space, Type
from app.ui.widgets.composition import ComposingLineEdit, commit_composition, is_composing
from app.ui.widgets.themed import Themed, paint_mark, set_font

TYPING_PAUSE_MS = 700
"""Time without a change of the text after which it is committed."""
_MAX_QUOTED = 24
"""Characters of a refused text that are quoted."""


class SpinBox(Themed, QDoubleSpinBox):
    """A spin box that may be empty once `set_empty_text` was called.

    Typed text is committed after a pause, on Enter and on leaving, and never rewritten while it is typed. Text that is
    no number of the range is refused: it stays as typed, and the value stays the last accepted one. Escape drops it.

    Signals:
        refused: why the text is not used, and what to type; empty once it is used or replaced.
    """

    refused = Signal(str)
    ring_on_click = True

    def __init__(
        self,
        name: str,
        low: float,
        high: float,
        step: float,
        parent: QWidget | None = None,
        *,
        decimals: int = 0,
        tall: bool = False,
    ) -> None:
        """Create a number field; a `tall` one is as high as a text field, beside which it stands in a form."""
        self._tall = tall
        self._typed: str | None = None
        self._empty_text: str | None = None
        self._is_committing = False
        self._refusal = self._description = ""
        super().__init__(parent)
        self.setLineEdit(ComposingLineEdit(self))
        self._low = low
        self._step = step
        self._pause = QTimer(self, singleShot=True, interval=TYPING_PAUSE_MS)
        self._pause.timeout.connect(self.commit)
        self.setKeyboardTracking(False)
        self.setDecimals(decimals)
        self.setRange(low, high)
        self.setSingleStep(step)
        self.setAccessibleName(name)
        # Qt changes the text of the line edit with its signals blocked: these are changes by the user.
        self.lineEdit().textChanged.connect(self._on_typed)
        self.valueChanged.connect(self._on_value)
        # By default, the wheel moves the focus here while the page scrolls.
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.follow_theme()

    def setAccessibleName(self, name: str) -> None:
        """Name the number and the text that is typed into it."""
        super().setAccessibleName(name)
        self.lineEdit().setAccessibleName(name)

    def set_empty_text(self, text: str) -> None:
        """Allow None, shown as this text; clearing the field means None."""
        self._empty_text = text
        self.setMinimum(self._none)
        super().setValue(self.value())

    def number_in_use(self) -> float | int | None:
        """The number in use, after a typed one has been committed or refused: an int where there are no decimals."""
        self.commit()
        if self.value() < self._low:
            return None
        return self.value() if self.decimals() else round(self.value())

    def set_number(self, value: float | None) -> None:
        """Set the number. Raises ValueError for None where it can't be empty."""
        if value is None and self._empty_text is None:
            raise ValueError("this number cannot be empty")
        self.setValue(self._none if value is None else value)

    def setValue(self, value: float) -> None:
        """Set the value. Text that was typed meanwhile stays if the value is the current one."""
        if self._typed is None or round(value, self.decimals()) != self.value():
            self.discard_typed()
            super().setValue(value)

    @property
    def _none(self) -> float:
        """The value that stands for None: one step below the minimum, often 0, as assistive tools read it."""
        return self._low - 10.0 ** -self.decimals()

    @property
    def refusal(self) -> str:
        """Why the text is not used; empty if it is."""
        return self._refusal

    def set_description(self, description: str) -> None:
        """Set the accessible description, which a refusal replaces as long as it lasts."""
        self._description = description
        self._describe()

    def commit(self) -> None:
        """Use the typed text as the value, or refuse it; the text stays as typed."""
        self._pause.stop()
        if self._typed is None or self._is_committing:
            return
        read = self._read(self._typed)
        if read.value is None:
            self._refuse(read.problem)
            return
        self._refuse(None)
        self._is_committing = True
        super().setValue(read.value)
        self._is_committing = False

    def finish(self) -> None:
        """Use the typed text and show it in its usual form, or refuse it and leave it as typed.

        Text of an input method that is still underlined counts as typed.
        """
        if is_composing(self.lineEdit()):
            commit_composition()
        self.commit()
        if self._typed is not None and not self._refusal:
            self.discard_typed()

    def discard_typed(self) -> None:
        """Show the value instead of the typed text."""
        self._pause.stop()
        self._typed = None
        super().setValue(self.value())
        self._refuse(None)

    def retranslate(self) -> None:
        """Say in the current language why the text is not used."""
        if self._refusal and self._typed is not None:
            self._refuse(self._read(self._typed).problem)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def _read(self, text: str) -> TypedNumber:
        """Read a text; with `set_empty_text`, an empty one is the value that stands for None."""
        if self._empty_text is not None and text.strip() in ("", self._empty_text.strip()):
            return TypedNumber(self._none)
        read = read_number(text, self._low, self.maximum(), whole=self.decimals() == 0)
        if read.value is not None and abs(round(read.value, self.decimals()) - read.value) > 1e-9:
            # Rounding would change the number behind the user's back.
            return TypedNumber(problem=None)
        return read

    def _refuse(self, problem: NumberProblem | None) -> None:
        """Show why the typed text is refused, or with None and a readable text that it is not."""
        refusal = ""
        if self._typed is not None and self._read(self._typed).value is None:
            refusal = join_sentences(self._reason(problem), self._advice())
        if refusal != self._refusal:
            self._refusal = refusal
            self._describe()
            self.refused.emit(refusal)

    def _reason(self, problem: NumberProblem | None) -> str:
        typed = " ".join((self._typed or "").split())
        typed = typed if len(typed) <= _MAX_QUOTED else f"{typed[:_MAX_QUOTED]}…"
        match problem:
            case NumberProblem.EMPTY:
                reason = QCoreApplication.translate("Widgets", "A number is missing.")
            case NumberProblem.NOT_A_NUMBER:
                reason = QCoreApplication.translate("Widgets", "“{typed}” is not a number.")
            case NumberProblem.NOT_WHOLE:
                reason = QCoreApplication.translate("Widgets", "“{typed}” is not a whole number.")
            case NumberProblem.TOO_SMALL:
                reason = QCoreApplication.translate("Widgets", "{typed} is too small.")
            case NumberProblem.TOO_LARGE:
                reason = QCoreApplication.translate("Widgets", "{typed} is too large.")
            case None:
                reason = QCoreApplication.translate("Widgets", "{typed} has too many decimal places.")
        return reason.format(typed=typed)

    def _advice(self) -> str:
        if self.decimals():
            advice = QCoreApplication.translate(
                "Widgets", "Enter a number from {low} to {high}, with up to {n} decimal places. {value} is still used."
            )
        else:
            advice = QCoreApplication.translate(
                "Widgets", "Enter a whole number from {low} to {high}. {value} is still used."
            )
        value = self._usual_text(self.value())
        return advice.format(
            low=self._usual_text(self._low), high=self._usual_text(self.maximum()), value=value, n=self.decimals()
        ).strip()

    def _describe(self) -> None:
        self.setAccessibleDescription(self._refusal or self._description)
        self.lineEdit().setAccessibleDescription(self._refusal or self._description)

    def _on_typed(self, text: str) -> None:
        self._typed = text
        self._pause.start()
        if self._refusal:
            # The reason disappears as soon as it no longer applies; a new one waits for the pause.
            self._refuse(self._read(text).problem)

    def _on_value(self) -> None:
        # Assistive tools set the value without `setValue` above.
        if not self._is_committing and self._typed is not None:
            self.discard_typed()

    def restyle(self) -> None:
        set_font(self, theme().font(Type.CONTROL))
        set_font(self.lineEdit(), self.font())
        # The padding in the style sheet does not apply to the line edit of a spin box.
        self.lineEdit().setTextMargins(Space.S8, 0, 0, 0)
        self.setFixedHeight(theme().px(CONTROL_HEIGHT - (0 if self._tall else 4)))

    def textFromValue(self, value: float) -> str:
        """The text as typed until it is finished, then the value in its usual form."""
        return self._usual_text(value) if self._typed is None else self._typed

    def _usual_text(self, value: float) -> str:
        """Format without trailing zeros: 0.7 and 1.0, not 0.700."""
        if self._empty_text is not None and value < self._low:
            return self._empty_text
        text = super().textFromValue(value)
        point = self.locale().decimalPoint()
        if point not in text:
            return text
        text = text.rstrip("0")
        return f"{text}0" if text.endswith(point) else text

    def valueFromText(self, text: str) -> float:
        if text == self._usual_text(self.value()):
            return self.value()
        value = self._read(text).value
        return self.value() if value is None else value

    def validate(self, text: str, position: int) -> tuple[QValidator.State, str, int]:
        """Accept any text: what can't be read is refused in words once editing pauses or ends."""
        return (QValidator.State.Acceptable, text, position)

    def stepBy(self, steps: int) -> None:
        self.finish()
        self.discard_typed()
        if self.value() < self._low and steps > 0:
            super().setValue(max(self._low, self._step * steps))
        else:
            super().stepBy(steps)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._typed is not None:
            self.discard_typed()
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.finish()
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.finish()
        super().focusOutEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        self.finish()
        super().hideEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        if not self.isEnabled():
            painter.setOpacity(DISABLED_OPACITY)
        side = theme().px(8)
        left = self.width() - theme().px(18) / 2 - side / 2 - 2
        middle = self.height() / 2
        ink = theme().colour("text2")
        paint_mark(painter, QRectF(left, middle - 8, side, 5), ink, (0.1, 0.9), (0.5, 0.2), (0.9, 0.9), width=1.4)
        paint_mark(painter, QRectF(left, middle + 3, side, 5), ink, (0.1, 0.1), (0.5, 0.8), (0.9, 0.1), width=1.4)
