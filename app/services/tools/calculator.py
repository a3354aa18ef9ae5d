"""The calculator: arithmetic and a few functions, evaluated over the syntax tree with bounded sizes."""

from __future__ import annotations

import ast
import math
import operator
from collections.abc import Callable
from typing import Any

from app.core.errors import Code, ToolError
from app.core.requests import FunctionTool
from app.services.tools.tool import Tool

SPEC = FunctionTool(
    name="calculate",
    description=(
        "Evaluate an arithmetic expression exactly. Operators + - * / // % ** and parentheses; functions sqrt, sin, "
        "cos, tan, asin, acos, atan, log, log10, log2, exp, abs, round, floor, ceil, factorial, min, max; constants "
        "pi, e. Angles in radians."
    ),
    parameters={
        "type": "object",
        "properties": {"expression": {"type": "string", "description": "such as (17.5 * 3 + 2) / 4"}},
        "required": ["expression"],
        "additionalProperties": False,
    },
)

Number = int | float
LONGEST_EXPRESSION = 1_000
LARGEST_BITS = 4_096
"""Integers stay below 2**4096, so that no expression can take noticeable time or memory."""

MOST_DIGITS = 400
"""Maximum digits to round to, before or after the decimal point; no other number has as many."""


def _round(number: Number, digits: Number | None = None) -> Number:
    # Python computes 10**digits, however large that is.
    if digits is not None and abs(digits) > MOST_DIGITS:
        raise ValueError(f"round takes at most {MOST_DIGITS} digits")
    return round(number, digits)  # type: ignore[arg-type]


_FUNCTIONS: dict[str, Callable[..., Number]] = {
    "sqrt": math.sqrt, "sin": math.sin, "cos": math.cos, "tan": math.tan,
    "asin": math.asin, "acos": math.acos, "atan": math.atan,
    "log": math.log, "log10": math.log10, "log2": math.log2, "exp": math.exp,
    "abs": abs, "round": _round, "floor": math.floor, "ceil": math.ceil, "min": min, "max": max,
}  # fmt: skip
_CONSTANTS: dict[str, Number] = {"pi": math.pi, "e": math.e}
_BINARY: dict[type[ast.operator], Callable[[Number, Number], Number]] = {
    ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul,
    ast.Div: operator.truediv, ast.FloorDiv: operator.floordiv, ast.Mod: operator.mod,
}  # fmt: skip
_UNARY: dict[type[ast.unaryop], Callable[[Number], Number]] = {ast.UAdd: operator.pos, ast.USub: operator.neg}


def evaluate(expression: str) -> Number:
    """Evaluate an arithmetic expression.

    Accepts `×`, `÷`, `−`, `^` and full-width digits. Raises ValueError with a readable message for anything that is not
    arithmetic, is undefined, or is too large.
    """
    if len(expression) > LONGEST_EXPRESSION:
        raise ValueError(f"longer than {LONGEST_EXPRESSION} characters")
    plain = expression.translate(_NORMAL).strip()
    try:
        return _bounded(_value(ast.parse(plain, mode="eval").body))
    except (SyntaxError, RecursionError, MemoryError):
        raise ValueError("not an arithmetic expression") from None
    except ZeroDivisionError:
        raise ValueError("division by zero") from None
    except OverflowError:
        raise ValueError("the result is too large") from None
    except TypeError as error:
        raise ValueError(str(error)) from None


_NORMAL = str.maketrans({"×": "*", "÷": "/", "−": "-", "^": "**", "（": "(", "）": ")", "，": ","}) | {
    ord("０") + digit: str(digit) for digit in range(10)
}


def _value(node: ast.expr) -> Number:
    match node:
        case ast.Constant(value=int() | float() as number) if not isinstance(number, bool):
            return number
        case ast.Name(id=name) if name in _CONSTANTS:
            return _CONSTANTS[name]
        case ast.UnaryOp(op=sign, operand=inner) if type(sign) in _UNARY:
            return _UNARY[type(sign)](_value(inner))
        case ast.BinOp(left=left, op=ast.Pow(), right=right):
            return _power(_value(left), _value(right))
        case ast.BinOp(left=left, op=sign, right=right) if type(sign) in _BINARY:
            return _bounded(_BINARY[type(sign)](_value(left), _value(right)))
        case ast.Call(func=ast.Name(id="factorial"), args=[inner], keywords=[]):
            return _factorial(_value(inner))
        case ast.Call(func=ast.Name(id=name), args=inner, keywords=[]) if name in _FUNCTIONS:
            return _bounded(_FUNCTIONS[name](*(_value(each) for each in inner)))
    raise ValueError("only numbers, + - * / // % ** and the listed functions")


def _power(base: Number, exponent: Number) -> Number:
    if abs(base) > 1 and math.log2(abs(base)) * exponent > LARGEST_BITS:
        raise ValueError("the result is too large")
    result: Number | complex = base**exponent
    if isinstance(result, complex):
        raise ValueError("not a real number")
    return result


def _factorial(number: Number) -> int:
    if not isinstance(number, int) or not 0 <= number <= 500:
        raise ValueError("factorial takes a whole number from 0 to 500")
    return math.factorial(number)


def _bounded(number: Number) -> Number:
    if isinstance(number, int) and number.bit_length() > LARGEST_BITS:
        raise ValueError("the result is too large")
    if isinstance(number, float) and not math.isfinite(number):
        raise ValueError("not a finite number")
    return number


def calculator_tool() -> Tool:
    """Return the tool for `evaluate`."""

    async def run(arguments: dict[str, Any]) -> dict[str, Any]:
        expression = arguments["expression"]
        try:
            return {"expression": expression, "result": evaluate(expression)}
        except ValueError as error:
            raise ToolError(Code.TOOL_ARGUMENTS, name=SPEC.name, reason=str(error)) from None

    return Tool(SPEC, run)
