"""Finds arithmetic in a question and computes it."""

from __future__ import annotations

import ast
import math
import operator
import re
from collections.abc import Callable

import msgspec

_OPERAND = r"(-?\d{1,15}(?:\.\d{1,15})?)"
_OPERATOR_WORDS = (
    (rf"\b(?:add|sum of)\s+{_OPERAND}\s+(?:and|to|plus)\s+{_OPERAND}", r"\1 + \2"),
    (rf"\bmultiply\s+{_OPERAND}\s+(?:by|with|and)\s+{_OPERAND}", r"\1 * \2"),
    (rf"\bdivide\s+{_OPERAND}\s+by\s+{_OPERAND}", r"\1 / \2"),
    (rf"\bsubtract\s+{_OPERAND}\s+from\s+{_OPERAND}", r"\2 - \1"),
    (rf"{_OPERAND}\s+squared\b|{_OPERAND}\s?的平方", r"\1\2 ** 2"),
    (r"[×✕·]|\btimes\b|\bmultiplied by\b|乘以|乘", " * "),
    (r"[÷]|\bdivided by\b|\bover\b|除以", " / "),
    (r"\bplus\b|加上|加", " + "),
    (r"−|\bminus\b|减去|减", " - "),
    (r"\^|\bto the power of\b|的?次方", " ** "),
    (r"\bpercent of\b|% of\b|%\s*of\b", " / 100 * "),
    (r"\b(?:square root|sqrt) of\s+(\d[\d.]*)|(?:根号|√)\s*(\d[\d.]*)", r"sqrt(\1\2)"),
)
_DATE = re.compile(r"\d{4}[-/]\d{1,2}[-/]\d{1,2}")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}\b)")
# All repetitions are bounded and no match starts inside a number: the text may be long and malicious.
_NUMBER = r"-?(?:sqrt)?\({0,9} ?-?\d{1,40}(?:\.\d{1,40})? ?%? ?\){0,9}"
_EXPRESSION = re.compile(rf"(?<![\d.]){_NUMBER}(?: ?(?:\*\*|[-+*/]) ?{_NUMBER})+|sqrt\(\d{{1,40}}(?:\.\d{{1,40}})?\)")
_ASKS_RESULT = re.compile(r"[=?？]|calculat|comput|subtract|divide|what|how much|sum|等于|多少|计算|算", re.IGNORECASE)
_MAX_VALUE = 1e300
_PLAIN_RANGE = re.compile(r"\d+(\.\d+)?\s?[-/]\s?\d+(\.\d+)?$")

_OPERATORS: dict[type[ast.AST], Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: operator.pow,
}


class Calculation(msgspec.Struct, frozen=True):
    """An expression in Python's notation and its value as text."""

    expression: str
    value: str


def find(text: str) -> Calculation | None:
    """Find and compute the first expression with an operator. Dates and plain ranges such as "10-30" are ignored."""
    cleaned = _THOUSANDS.sub("", _DATE.sub(" ", _single_spaced(text)))
    for pattern, replacement in _OPERATOR_WORDS:
        cleaned = re.sub(pattern, replacement, cleaned, flags=re.IGNORECASE)
    for match in _EXPRESSION.finditer(_single_spaced(cleaned)):
        expression = _balanced(match.group().strip())
        if _PLAIN_RANGE.fullmatch(expression) and not _ASKS_RESULT.search(text):
            continue
        value = _evaluate(expression)
        if value is not None:
            return Calculation(expression, _formatted(value))
    return None


def _single_spaced(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def _balanced(expression: str) -> str:
    while expression.count(")") > expression.count("(") and expression.endswith(")"):
        expression = expression[:-1].rstrip()
    while expression.count("(") > expression.count(")") and expression.startswith("("):
        expression = expression[1:].lstrip()
    return expression


def _evaluate(expression: str) -> float | None:
    try:
        value = _evaluate_node(ast.parse(expression.replace("%", "/100"), mode="eval").body)
    except (SyntaxError, ValueError, ZeroDivisionError, OverflowError, RecursionError, MemoryError):
        # The last two are raised for expressions that are chained or nested too deeply.
        return None
    return value if abs(value) < _MAX_VALUE else None


def _evaluate_node(node: ast.expr) -> float:
    match node:
        case ast.Constant(value=int() | float() as number):
            return number
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return -_evaluate_node(operand)
        case ast.Call(func=ast.Name(id="sqrt"), args=[argument]):
            return math.sqrt(_evaluate_node(argument))
        case ast.BinOp(left=left, op=op, right=right) if type(op) in _OPERATORS:
            a, b = _evaluate_node(left), _evaluate_node(right)
            if isinstance(op, ast.Pow) and (abs(a) > 1e6 or abs(b) > 64):
                raise ValueError("too large a power")
            result = _OPERATORS[type(op)](a, b)
            if isinstance(result, complex):
                raise ValueError("no real value")
            return result
    raise ValueError("not arithmetic")


def _formatted(value: float) -> str:
    if isinstance(value, int) or (float(value).is_integer() and abs(value) < 1e15):
        return str(int(value))
    return f"{value:.10g}"
