"""What of an answer is read aloud: code, formulas, tables, addresses and brackets are not read as letters."""

import pytest

from app.core.markdown.ear import is_only_code, spoken_text


@pytest.mark.parametrize(
    ("markdown", "words"),
    [
        ("Leave **before 9:00** and _ride_.", "Leave before 9:00 and ride."),
        ("# Title\n\n- one\n- two", "Title\n\none\ntwo"),
        ("See [the page](https://example.org/x).", "See the page."),
        ("Use `print`:\n\n```python\nprint(1)\n```\n\nDone.", "Use print:\n\nCode, one line.\n\nDone."),
        ("你好，**世界**。", "你好，世界。"),
        ("> 1. Quoted\n  * deep\n---\n1999. A year", "1. Quoted\ndeep\n\n1999. A year"),
        ("[not a link] (there)", "not a link, there"),
        ("It takes 5~8 minutes, 3*2 and 2~3.", "It takes 5~8 minutes, 3*2 and 2~3."),
        ("Raise `max_retry_count` or max_retry_count.", "Raise max retry count or max_retry_count."),
        ("Before\n\n~~~py\nx = 1\n~~~\n\nafter", "Before\n\nCode, one line.\n\nafter"),
        ("- [x] done\n- [ ] open [x]", "done\nopen"),
        ("So $E = mc^2$, or\n\n$$\na^2\n$$\n\nEnd", "So E = mc², or\n\nFormula.\n\nEnd"),
        ("Look at https://example.org/a_b (<https://x.org>).", "Look at."),
        ("2. Second\n3. Third", "2. Second\n3. Third"),
        ("用法如下：\n\n```js\na()\nb()\n```", "用法如下：\n\n代码，共2行。"),
        ("The room (15 m²) is small.", "The room, 15 m², is small."),
        ("房间（约15平方米）不大。", "房间，约15平方米，不大。"),
        ("Aim for 0.5 s [1][2].", "Aim for 0.5 s."),
        ("根据报告[1, 2]，降雨减少。", "根据报告，降雨减少。"),
        ("[laughs] That is (sighs) fine.", "[laughs] That is (sighs) fine."),
        ("（叹气）好吧。", "（叹气）好吧。"),
        ("With $S$ square metres", "With S square metres"),
        ("where $\\frac{a}{b}$ holds", "where a formula holds"),
        ("the time $T_{60}$ is $0.5\\,\\text{s}$", "the time T 60 is 0.5 s"),
        ("当 $x \\leq 3$ 时", "当 x ≤ 3 时"),
        ("Write to anna@example.org today.", "Write to an address today."),
        ("✅ Done 🎉 → next", "Done, next"),
        ("Press <kbd>Ctrl</kbd> now", "Press Ctrl now"),
        ("Open `/etc/app/config.toml`.", "Open config.toml."),
        ("Run `rm -rf ./build && make -j4 > /dev/null 2>&1`.", "Run some code."),
        ("Commit 9f8a7c6b5d4e3f2a1b0c9d8e7f is bad.", "Commit is bad."),
        ("~~$10~~ Now $8", "Now $8"),
        ("| Hour | Rain |\n|---|---|\n| 06 | 10 % |", "Hour, Rain\n06, 10 %"),
        ("| a | b |\n|---|---|\n" + "| 1 | 2 |\n" * 9, "Table with 9 rows: a, b."),
        ("| 型号 | 价格 |\n|---|---|\n" + "| 甲 | 2 |\n" * 9, "表格，共9行：型号、价格。"),
        ("Call f(x) twice.", "Call f x twice."),
        ("Temperatures (in °C): 20 (day), 9 (night).", "Temperatures, in °C: 20, day, 9, night."),
        ("Line one  \nLine two", "Line one\nLine two"),
        ("1. First\n\n   ```\n   x\n   ```\n2. Second", "1. First\n\nCode, one line.\n2. Second"),
        ("![chart](https://x.org/a.png) shows it", "chart shows it"),
        ("Note[^1].\n\n[^1]: Hidden", "Note."),
        ("He said (quietly [very]) no.", "He said, quietly very, no."),
        ("《书》和“引号”", "《书》和“引号”"),
        ("Use `a` and `b_c`.", "Use a and b c."),
        ("Keys: `Ctrl+C`, `os.path`", "Keys: Ctrl+C, os.path"),
        ("`f(x)`", "f x"),
        ("A — B", "A — B"),
        ("**重点**：$a+b$", "重点：a+b"),
        (r"On average $O(n \log n)$ comparisons.", "On average O n log n comparisons."),
    ],
)
def test_an_answer_for_the_ear(markdown: str, words: str) -> None:
    assert spoken_text(markdown) == words


@pytest.mark.parametrize(
    "piece", [" ", "[", "(a", "(a)", "[a](", "|", "| ", "-", "`", "* ", "1", "a@", "a.", "\n ", "\\t|:-", "<a", "→"]
)
def test_no_answer_takes_longer_than_its_length_deserves(piece: str) -> None:
    many = piece * 10_000
    assert spoken_text(f"Before\n{many}x\nafter").startswith("Before")


def test_an_answer_of_code_alone_is_told_from_an_empty_one() -> None:
    assert is_only_code("```py\nx\n```")
    assert is_only_code("~~~\nx")
    assert is_only_code("$$\nx\n$$")
    assert not is_only_code("  ")
    assert not is_only_code("Words\n\n```py\nx\n```")
