"""A conversation as one HTML file that loads nothing, runs nothing and contains its pictures and sounds."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator

from app.core.conversation import Conversation, Headings
from app.core.messages import Media, Message, Part, Source, Sources, Text, Thinking, ToolCall
from app.storage.html_markdown import markdown_html
from app.storage.html_text import attribute, link_html, text_html

_EMBEDDED = re.compile(
    r"data:(?:(image)/(?:png|jpeg|gif|webp|bmp)|(audio|video)/[a-z0-9.+-]{1,100});base64,",
    re.IGNORECASE | re.ASCII,
)
_BASE64 = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/= \t\r\n"
_CHUNK = 1 << 20
"""Characters of a file looked at together: no other thread runs meanwhile."""

STYLE = """
:root { color-scheme: light dark; --bg: #f5f4f1; --surface: #fff; --bubble: #e9e6df; --line: #e3e0d9; --text: #1d1c1a;
  --text2: #66625c; --accent: #b24106; --thinking: #6440c0; --string: #1b7040; --function: #0a6290; }
@media (prefers-color-scheme: dark) { :root { --bg: #191817; --surface: #232120; --bubble: #353230; --line: #3b3835;
  --text: #ecebe8; --text2: #aba69f; --accent: #ff8b42; --thinking: #b9a3ff; --string: #7bd39b; --function: #7cc4ee; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--bg); color: var(--text);
  font: 16px/1.55 system-ui, "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", sans-serif;
  overflow-wrap: anywhere; }
main { max-width: 50rem; margin: 0 auto; padding: 2rem 1.25rem 4rem; }
h1 { font-size: 1.5rem; } h2 { font-size: .85rem; color: var(--text2); margin: 0 0 .25rem; }
h3, h4, h5, h6 { font-size: 1.05rem; margin: 1.2rem 0 .4rem; }
article { margin: 1.75rem 0; }
.user { margin-left: 15%; padding: .75rem 1rem; background: var(--bubble); border-radius: 14px; }
.user p { white-space: pre-wrap; }
p { margin: .5rem 0; }
a { color: var(--accent); }
pre, code { font-family: ui-monospace, "Cascadia Mono", Menlo, Consolas, monospace; font-size: .88em; }
pre { margin: 0; padding: .75rem 1rem; overflow-x: auto; white-space: pre; }
figure { margin: .75rem 0; background: var(--surface); border: 1px solid var(--line); border-radius: 10px;
  overflow: hidden; }
figcaption { padding: .4rem 1rem; font-size: .85rem; color: var(--text2); border-bottom: 1px solid var(--line); }
pre + figcaption { border-top: 1px solid var(--line); }
figure img, figure video { display: block; max-width: 100%; height: auto; }
figure audio { display: block; width: 100%; }
.media figcaption { border: 0; }
details { margin: .75rem 0; padding: .5rem 1rem; border-left: 3px solid var(--thinking); background: var(--surface); }
summary { color: var(--thinking); cursor: pointer; }
.plain { white-space: pre-wrap; color: var(--text2); }
blockquote { margin: .5rem 0; padding-left: 1rem; border-left: 3px solid var(--line); }
.item { display: flex; gap: .5rem; margin: .2rem 0; } .item > div { flex: 1; min-width: 0; }
.item p { margin: 0 0 .2rem; }
.marker { min-width: 1.4em; text-align: right; color: var(--text2); }
.wide { overflow-x: auto; } table { border-collapse: collapse; margin: .75rem 0; }
th, td { padding: .35rem .7rem; border: 1px solid var(--line); text-align: left; vertical-align: top;
  overflow-wrap: break-word; }
.center { text-align: center; } .right { text-align: right; }
.formula { overflow-x: auto; margin: .75rem 0; } hr { border: 0; border-top: 1px solid var(--line); }
.facts, .sources { font-size: .85rem; color: var(--text2); }
.control { font-size: .75em; border: 1px solid var(--accent); border-radius: 3px; padding: 0 .2em; }
.c { color: var(--text2); font-style: italic; } .k { color: var(--thinking); } .s { color: var(--string); }
.n, .d { color: var(--accent); } .f { color: var(--function); }
@media print { body { background: none; } article { break-inside: auto; } pre { white-space: pre-wrap; }
  .wide { overflow: visible; } th, td { overflow-wrap: anywhere; } }
"""
_STYLE_HASH = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()

POLICY = (
    f"default-src 'none'; img-src data:; media-src data:; style-src 'sha256-{_STYLE_HASH}'; "
    "base-uri 'none'; form-action 'none'"
)
"""Nothing is loaded from anywhere, and no script runs; the only style is the one above."""


def to_html(conversation: Conversation, branch: tuple[Message, ...], words: Headings) -> str:
    """Return one branch as a whole HTML document. Attachments are in it; those of the web are links."""
    title = conversation.title or words.assistant
    body = [f'<h1 dir="auto">{text_html(title)}</h1>']
    if conversation.system:
        shown = f'<div class="plain" dir="auto">{text_html(conversation.system)}</div>'
        body.append(f"<details><summary>{text_html(words.system)}</summary>{shown}</details>")
    body += [_message_html(message, words) for message in branch]
    return (
        f'<!DOCTYPE html>\n<html lang="{attribute(words.language)}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{attribute(POLICY)}">\n'
        '<meta name="referrer" content="no-referrer">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{attribute(title)}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>\n"
        + "\n".join(body)
        + "\n</main>\n</body>\n</html>\n"
    )


def _message_html(message: Message, words: Headings) -> str:
    names = {"user": words.user, "assistant": words.assistant, "system": words.system, "developer": words.system}
    name = message.name or names.get(message.role, message.role)
    kind = "answer" if message.role == "assistant" else "user"
    parts = [html for part in message.joined_parts for html in _part_html(part, message, words)]
    known = list(dict.fromkeys(reply.model or reply.asked for reply in message.replies))
    if message.written_from:
        known.insert(0, words.written_from.format(n=message.written_from))
    facts = f'<p class="facts">{text_html(" · ".join(known))}</p>' if known else ""
    return f'<article class="{kind}">\n<h2>{text_html(name)}</h2>\n' + "\n".join(parts) + f"{facts}\n</article>"


def _part_html(part: Part, message: Message, words: Headings) -> Iterator[str]:
    match part:
        case Text() if message.role == "assistant":
            yield markdown_html(part.text)
        case Text():
            yield f'<p dir="auto">{text_html(part.text)}</p>'
        case Thinking() if part.text.strip():
            seconds = f" · {part.seconds:.1f} s" if part.seconds is not None else ""
            shown = f'<div class="plain" dir="auto">{text_html(part.text)}</div>'
            yield f"<details><summary>{text_html(words.thinking + seconds)}</summary>{shown}</details>"
        case ToolCall():
            result = "" if part.result is None else _labelled(words.result, part.result)
            call = f"<figcaption>{text_html(words.tool_call)} <code>{text_html(part.name)}</code></figcaption>"
            yield f"<figure>{call}<pre>{text_html(part.arguments)}</pre>{result}</figure>"
            yield from (_media_html(media, words) for media in part.media)
        case Sources() if part.items:
            items = "".join(f"<li>{_source_html(source)}</li>" for source in part.items)
            yield f'<section class="sources"><h2>{text_html(words.sources)}</h2><ol>{items}</ol></section>'
        case Media():
            yield _media_html(part, words)


def _labelled(label: str, text: str) -> str:
    return f"<figcaption>{text_html(label)}</figcaption><pre>{text_html(text)}</pre>"


def _source_html(source: Source) -> str:
    label = link_html(source.url, text_html(source.title or source.url))
    rest = " · ".join(text_html(fact) for fact in (source.site, source.published[:10], source.summary) if fact)
    return f"{label} · {rest}" if rest else label


def _media_html(media: Media, words: Headings) -> str:
    """A picture, sound or film with its name and size; one that is not in the conversation is a link."""
    size = f" · {_size(media.size)}" if media.size else ""
    if media.digest:  # Its file is missing in the home.
        return f"<p>{text_html(words.attachment)}: {text_html(media.name or media.mime)}{size}</p>"
    if not media.url.startswith("data:"):
        label = link_html(media.url, text_html(media.name or media.url))
        return f"<p>{text_html(words.attachment)}: {label}{size}</p>"
    caption = f"<figcaption>{text_html(media.name or media.mime)}{size}</figcaption>"
    name = attribute(media.name or media.mime)
    match _embedded_kind(media.url):
        case "image":
            shown = f'<img src="{media.url}" alt="{name}">'
        case "audio" | "video" as kind:
            shown = f'<{kind} controls src="{media.url}" aria-label="{name}"></{kind}>'
        case _:
            return f"<p>{text_html(words.attachment)}: {text_html(media.name or media.mime)}{size}</p>"
    return f'<figure class="media">{shown}{caption}</figure>'


def _embedded_kind(url: str) -> str:
    """The kind of a file in a `data:` URL that can be written into an attribute as it is; empty for any other URL."""
    head = _EMBEDDED.match(url)
    if head is None:
        return ""
    for begin in range(head.end(), len(url), _CHUNK):
        if url[begin : begin + _CHUNK].encode("ascii", "replace").translate(None, _BASE64):
            return ""
    return (head[1] or head[2]).lower()


def _size(bytes_: int) -> str:
    """A size in decimal units, the same in every language."""
    for unit, limit in (("MB", 1_000_000), ("kB", 1_000)):
        if bytes_ >= limit:
            return f"{bytes_ / limit:.1f} {unit}"
    return f"{bytes_} B"
