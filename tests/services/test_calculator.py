"""The calculator answers arithmetic exactly and refuses the rest in words."""

import pytest

from app.core.errors import Code, ToolError
from app.services.tools.calculator import LONGEST_EXPRESSION, calculator_tool, evaluate


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("1 + 2 * 3", 7),
        ("(17.5 * 3 + 2) / 4", 13.625),
        ("2 ** 10 - 1", 1023),
        ("2^0.5", 2**0.5),
        ("-7 // 2", -4),
        ("7 % 4", 3),
        ("6 × 7 ÷ 2 − 1", 20),
        ("１２＋３".replace("＋", "+"), 15),
        ("sqrt(2) ** 2", pytest.approx(2)),
        ("max(3, 1, 2) + min(5, 4)", 7),
        ("factorial(5)", 120),
        ("round(1234.5678, 2) + round(1210, -2) + round(0.4)", pytest.approx(2434.57)),
        ("round(2.675, 1)", 2.7),
        ("log(e)", 1),
        ("2 ** 4000", 2**4000),
    ],
)
def test_arithmetic(expression: str, value: float) -> None:
    assert evaluate(expression) == value


@pytest.mark.parametrize(
    "expression",
    [
        "",
        "1 +",
        "__import__('os')",
        "(1).__class__",
        "x",
        "'a' * 3",
        "[1][0]",
        "True",
        "1 if 1 else 2",
        "1 / 0",
        "2 ** 5000",
        "9 ** 9 ** 9",
        "factorial(501)",
        "factorial(2.5)",
        "1e308 * 10",
        "(-8) ** 0.5",
        "sqrt(-1)",
        "round(1, 2, 3)",
        "round(1, -100000000)",
        "round(1, -10 ** 300)",
        "sqrt(x=4)",
        "(" * 300 + "1" + ")" * 300,
        "1+" * LONGEST_EXPRESSION + "1",
    ],
)
def test_refused(expression: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        evaluate(expression)


async def test_tool_tells_the_model_why() -> None:
    with pytest.raises(ToolError) as refused:
        await calculator_tool().run({"expression": "1 / 0"})
    assert refused.value.code == Code.TOOL_ARGUMENTS
    assert refused.value.params["reason"] == "division by zero"
