"""A conversation as one HTML file: it loads nothing, runs nothing, and shows what was said."""

from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser

import pytest

from app.core.conversation import Conversation, Headings
from app.core.messages import Media, Message, Reply, Source, Sources, Text, Thinking, ToolCall
from app.storage import html_document
from app.storage.html_document import to_html
from app.storage.html_markdown import markdown_html
from app.storage.html_text import attribute

WORDS = Headings("System", "You", "MiMo", "Thoughts", "Tool call", "Result", "Sources", "Attachment", "en")
PICTURE = "data:image/png;base64," + base64.b64encode(b"\x89PNG").decode()

ALLOWED_TAGS = re.compile(
    "html|head|meta|title|style|body|main|article|section|details|summary|h[1-6]|p|div|span|figure|figcaption|img|audio"
    "|video|pre|code|blockquote|table|tr|th|td|ol|li|hr|br|strong|em|s|sup|a|bdi|math|mrow|m[ino]|mfrac|msup|msub|msqrt"
    "|mtext|mspace|mstyle|mover|munder|munderover|msubsup|mtable|mtr|mtd"
)


class Elements(HTMLParser):
    """Collects every element with its attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.opened: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        if tag not in ("meta", "img", "br", "hr"):
            self.opened.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.opened.pop() == tag, f"{tag} closes another element"


def document(*messages: Message, title: str = "Ferry", system: str = "") -> str:
    return to_html(Conversation("c", title, system=system), messages, WORDS)


def answer(*parts: object) -> str:
    return document(Message("a", "assistant", parts))  # type: ignore[arg-type]


def assert_harmless(html: str) -> Elements:
    """Nothing but what the document itself is made of, and no address that does or loads anything."""
    elements = Elements(html)
    assert not elements.opened, "every element is closed"
    for tag, attributes in elements.found:
        assert ALLOWED_TAGS.fullmatch(tag), tag
        assert not any(name.startswith("on") or name in ("style", "srcset", "srcdoc") for name in attributes), (
            attributes
        )
        if "src" in attributes:
            assert (attributes["src"] or "").startswith(("data:image/", "data:audio/", "data:video/"))
        if "href" in attributes:
            assert tag == "a" and re.match(r"(https?|mailto):", attributes["href"] or "")
            assert "noreferrer" in (attributes["rel"] or "")
    assert "\x00" not in html
    return elements


HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[a](javascript:alert(1))",
    "[a](JaVaScRiPt:alert(1))",
    "[a]( java\tscript:alert(1) )",
    "[a](data:text/html,<script>alert(1)</script>)",
    "[a](vbscript:x) [b](file:///etc/passwd) [c](//other.example)",
    '[a](https://x.example/"onmouseover="alert(1))',
    "[a](https://x.example 'title\" onclick=\"alert(1)')",
    "![a](https://x.example/track.png)",
    '![x" onerror="alert(1)](https://x.example/a.png)',
    "</style><script>alert(1)</script>",
    "</article></main><form action=https://x.example><input name=q></form>",
    "```html\n</code></pre><script>alert(1)</script>\n```",
    "```\"><script>alert(1)</script>\ncode\n```",
    "| <b>a</b> | `</td>` |\n|---|---|\n| <iframe src=//x> | b |",
    "NUL \x00 and \x1b[31m",
    "<!-- --><![CDATA[ x ]]>",
    r"$\text{<script>alert(1)</script>}$ and $\href{javascript:alert(1)}{x}$",
    r"$$\style{background:url(//x)}{x} \class{a}{b} \unicode{x3c}$$",
    "> - <svg onload=alert(1)>\n>   - [x](javascript:1)\n\n1. <b>",
    "<https://x.example/\u202egnp.exe> and \u2066hidden\u2069",
    "&lt;script&gt; &#x3c;script&#x3e;",
]  # fmt: skip


@pytest.mark.parametrize("source", HOSTILE)
def test_hostile_words_do_nothing_wherever_they_are(source: str) -> None:
    media = Media("image/png", PICTURE, name=source, size=4)
    call = ToolCall("1", source, source, 0, "done", result=source)
    found = Sources((Source(source, source, source, source), Source("https://x.example/?q=" + source, source)))
    html = document(
        Message("u", "user", (Text(source), media), name=source),
        Message("a", "assistant", (Thinking(source), call, Text(source), found), "u", (Reply(source, source),)),
        title=source,
        system=source,
    )
    assert_harmless(html)
    assert html.count("<script") == 0 and html.count("</style>") == 1


def test_media_addresses_can_not_leave_their_attribute() -> None:
    for url in (
        'data:image/png;base64,AA==" onerror="alert(1)',
        "data:image/svg+xml;base64,AAAA",
        "data:text/html;base64,AAAA",
        "data:image/png;base64," + "A" * (1 << 21) + '" onerror="alert(1)',
        "data:audio/wav;base64,AA\N{LATIN SMALL LETTER E WITH ACUTE}",
        "javascript:alert(1)",
        "https://x.example/a.png",
    ):
        html = document(Message("u", "user", (Media("image/png", url, "a.png", 9),)))
        elements = assert_harmless(html)
        assert not any(tag in ("img", "audio") for tag, _ in elements.found), url


def test_the_policy_allows_no_network_and_only_the_own_style() -> None:
    html = document()
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', html)
    assert policy is not None
    assert "default-src &#x27;none&#x27;" in policy[1] and "unsafe" not in policy[1] and "http" not in policy[1]
    assert html.index("Content-Security-Policy") < html.index("<style>")


def test_the_style_is_the_one_that_the_policy_allows() -> None:
    """A browser hashes the text between the tags as it is in the file."""
    html = document()
    (style,) = re.findall(r"<style>(.*?)</style>", html, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert f"style-src &#x27;sha256-{digest}&#x27;" in html
    assert "url(" not in style and "@import" not in style and "\r" not in style


def test_pictures_and_sounds_are_in_the_file_with_their_size() -> None:
    sound = Media("audio/wav", "data:audio/wav;base64,UklGRg==", "clap.wav", 412_300)
    html = document(Message("u", "user", (Text("Listen"), Media("image/png", PICTURE, "quay.png", 4), sound)))
    elements = assert_harmless(html)
    sources = [(tag, attributes["src"]) for tag, attributes in elements.found if "src" in attributes]
    assert sources == [("img", PICTURE), ("audio", sound.url)]
    assert "quay.png · 4 B" in html and "clap.wav · 412.3 kB" in html


def test_an_answer_with_all_its_parts() -> None:
    html = answer(
        Thinking("Hm <b>", seconds=4.12),
        ToolCall("1", "timetable", '{"port": "A"}', 0, "done", result="09:00"),
        Text("At **nine**", 1),
        Text(" sharp.", 2, continues=True),
        Sources((Source("https://ferry.example/times", "Times", "Ferry"),), 1),
    )
    assert "<summary>Thoughts · 4.1 s</summary>" in html and "Hm &lt;b&gt;" in html
    assert (
        "Tool call <code>timetable</code>" in html and "{&quot;port&quot;: &quot;A&quot;}" in html and "09:00" in html
    )
    assert '<p dir="auto">At <strong>nine</strong> sharp.</p>' in html
    assert (
        '<a href="https://ferry.example/times" rel="noopener noreferrer nofollow"><bdi>Times</bdi></a> · Ferry' in html
    )


@pytest.mark.parametrize(
    ("source", "part"),
    [
        ("# Title", '<h3 dir="auto">Title</h3>'),
        ("- a\n  - b\n- c", '<span class="marker">•</span>'),
        ("3. x", '<span class="marker">3.</span>'),
        ("> q", "<blockquote>"),
        ("a ~~b~~ *c*", "<s>b</s> <em>c</em>"),
        ("| a | b |\n|:-:|--:|\n| 1 | 2 |", '<th class="center">a</th><th class="right">b</th>'),
        ("```python\nx = 1 # y\n```", '<span class="c"># y</span>'),
        ("```nosuch\n<x>\n```", "<figcaption>nosuch</figcaption><pre><code>&lt;x&gt;</code></pre>"),
        (r"$$\frac{a}{b}$$", "<mfrac>"),
        (r"$\nosuchcommand{$", '<code class="tex">\\nosuchcommand{</code>'),
        ("[x](mailto:a@b.example)", 'href="mailto:a@b.example"'),
        ("a  \nb", "a<br>b"),
    ],
)
def test_markdown_is_drawn_by_elements(source: str, part: str) -> None:
    html = markdown_html(source)
    assert part in html
    assert not Elements(html).opened


def test_a_footnote_is_numbered_once() -> None:
    html = markdown_html("A[^x]\n\n[^x]: Note")
    assert html.count(
        "<sup>1</sup>"
    ) == 1 and '<span class="marker">1.</span><div><p dir="auto">Note</p>' in html.replace("\n", "")


def test_a_wide_table_scrolls_in_place_of_breaking_words() -> None:
    """With `anywhere`, of the body, a browser would break every word before it lets a table scroll."""
    cells = re.search(r"\nth, td \{([^}]*)\}", html_document.STYLE)
    assert cells is not None and "overflow-wrap: break-word" in cells[1]
    assert '<div class="wide"><table>' in markdown_html("| a | b |\n|---|---|\n| 1 | 2 |")


def test_characters_that_turn_text_around_are_shown() -> None:
    html = answer(Text("pay \u202e001\u202c now"))
    assert "\u202e" not in html and '<span class="control">U+202E</span>001' in html


def test_the_bytes_of_a_large_file_are_never_escaped(monkeypatch: pytest.MonkeyPatch) -> None:
    lengths: list[int] = []

    def count(text: str) -> str:
        lengths.append(len(text))
        return attribute(text)

    monkeypatch.setattr("app.storage.html_document.attribute", count)
    url = "data:image/png;base64," + "QUJD" * 750_000
    html = document(Message("u", "user", (Media("image/png", url, "big.png", 2_250_000),)))
    assert f'<img src="{url}" alt="big.png">' in html
    assert sum(lengths) < 1_000
    head = html_document._EMBEDDED.match(url)
    assert head is not None and head.end() == url.index(",") + 1, "no pattern runs over the bytes"


def test_images_and_sounds_of_a_tool_are_shown_below_its_call() -> None:
    sound = "data:audio/wav;base64," + base64.b64encode(b"RIFF").decode()
    picture, odd = Media("image/png", PICTURE, "plate.png", 2_000), Media("x/y", "data:x/y;base64,AA")
    media = (picture, Media("audio/wav", sound), odd)
    call = ToolCall("1", "object_details", "{}", 0, state="done", result="A tapestry.", media=media)
    html = answer(call)
    elements = assert_harmless(html)
    shown = [(tag, attributes["src"]) for tag, attributes in elements.found if "src" in attributes]
    assert shown == [("img", PICTURE), ("audio", sound)]
    assert html.index("A tapestry.") < html.index(PICTURE)
    assert "plate.png · 2.0 kB" in html and "Attachment: x/y" in html
