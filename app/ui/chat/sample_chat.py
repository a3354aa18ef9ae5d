"""Prepared states of the chat for the gallery."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from app.core.call_timeline import CallTimeline
from app.core.catalogue import catalogue
from app.core.context_estimate import ContextUse
from app.core.errors import Code, InputError, ServiceError
from app.core.json_window import JsonWindow
from app.core.messages import Media, Message, Reply, Source, Sources, Text, Thinking, ToolCall, Usage
from app.core.requests import Sampling
from app.core.settings import INSPECTOR_OPEN, PARAMETERS_OPEN
from app.core.spend import Spend
from app.ui.chat.context.counter import ContextCounter
from app.ui.chat.context.offer import ContextOffer
from app.ui.chat.inspector.call_entry import CallEntry
from app.ui.chat.inspector.part_names import part_name
from app.ui.chat.parameters.row import InfoButton
from app.ui.chat.usage_summary import footer
from app.ui.chat.view import ChatView
from app.ui.texts.context import full_text
from app.ui.texts.errors import error_message
from app.ui.theme.icons import Icon
from app.ui.widgets.row_model import Row

PRO, FLASH = (model.id for model in catalogue().merged(None)[:2])
_REQUEST = """{
  "model": "MODEL",
  "messages": [
    { "role": "system", "content": "You are MiMo, an AI assistant developed by Xiaomi." },
    { "role": "user", "content": "I'm cycling around Hebei tomorrow. Do I need the rain jacket?" }
  ],
  "thinking": { "type": "enabled" },
  "tools": [ { "type": "function", "function": { "name": "get_forecast" } } ],
  "max_completion_tokens": 131072,
  "stream": true
}""".replace("MODEL", PRO)
_HEADERS = {"api-key": "", "Content-Type": "application/json", "Accept": "text/event-stream"}


def _conversation() -> tuple[Message, Message]:
    """A question and a complete answer with thinking, a tool call, sources and Markdown."""
    question = Message("q", "user", (Text("I'm cycling around Hebei tomorrow. Do I need the rain jacket?"),))
    answer = Message(
        "a",
        "assistant",
        (
            Thinking("The user asks about rain. I should look at the forecast.", 0, 3.2),
            ToolCall("c", "get_forecast", '{"location": "Hebei, CN"}', 0, "done", '{"rain": [0.1, 0.2, 0.8]}', 0.412),
            Sources((Source("https://weather.com.cn/hebei", "Hebei", "weather.com.cn"),), 1),
            Text(
                "Leave **before 9:00** and you'll ride most of it dry.\n\n"
                "| Hour | Chance of rain | Wind |\n|---|---|---|\n| 06–09 | 10–20 % | light |\n"
                "| 12–15 | 80–90 % | fresh |\n\n"
                "```python\nprint('take the jacket')\n```\n\n- 早上出发\n- 带上雨衣",
                1,
            ),
        ),
        "q",
        (
            Reply(PRO, PRO, "tool_calls", Usage(900, 60, 640, 30), 0.61, 1.4),
            Reply(PRO, PRO, "stop", Usage(1_000, 120, 640, 0), 0.4, 1.9),
        ),
    )
    return question, answer


def full_chat(view: QWidget) -> None:
    assert isinstance(view, ChatView)
    assert view.transcript is not None
    assert view.conversations is not None
    branch = _conversation()
    view.show_title("Rain plan for Hebei")
    view.transcript.show_messages(branch, {message.id: (1, 1) for message in branch})
    view.transcript.set_footer("a", footer(branch[1], lambda *call: Spend(1, cost={"USD": 0.0016})))
    view.show_transcript(True)
    rows = [
        Row("1", "Rain plan for Hebei", f"{PRO} · 1.9K tokens", section="Today"),
        Row("2", "街口老周 · 有声书旁白", FLASH, section="Today"),
        Row("3", "Compiler course outline", f"{PRO} · 41K tokens", section="This week"),
    ]
    view.conversations.show_rows(rows, "1", frozenset())


def busy_chat(view: QWidget) -> None:
    assert isinstance(view, ChatView)
    assert view.transcript is not None
    question, _ = _conversation()
    view.transcript.show_messages((question,), {"q": (1, 1)})
    view.transcript.begin(Message("b", "assistant", (), "q"))
    view.transcript.append_thinking("b", 0, "The user asks about rain. I should look at the forecast before I answer.")
    view.transcript.update_tool_call("b", ToolCall("c", "get_forecast", '{"location": "Hebei, CN"}', 0, "waiting"))
    view.composer.set_running(True)
    view.show_transcript(True)


def failed_chat(view: QWidget) -> None:
    assert isinstance(view, ChatView)
    assert view.transcript is not None
    question, _ = _conversation()
    broken = Message("f", "assistant", (Text("Leave before"),), "q", (Reply(PRO, "", "error"),))
    view.transcript.show_messages((question, broken), {"q": (1, 1), "f": (1, 1)})
    message = error_message(ServiceError(Code.OVERLOADED, status=503))
    view.transcript.show_failure("f", message.what, message.next_step, retry=True)
    view.composer.set_text("Take orders that come by {{channel}}: {{message}}")
    view.composer.variables.show_variables(("channel", "message"), {"channel": "mail"})
    view.show_transcript(True)


def attached_chat(view: QWidget) -> None:
    """A message with attachments above a draft with others, of which a video is selected, and a refused address."""
    assert isinstance(view, ChatView)
    assert view.transcript is not None
    assert view.attachments is not None
    photo = Media("image/jpeg", "blob:1", "会议室三.jpg", 412_000, width=1280, height=960, format="JPEG")
    peaks = bytes(level for column in range(60) for level in (256 - (100 - column), 100 - column))
    clap = Media("audio/flac", "blob:2", "Clap, back row.flac", 1_400_000, seconds=12.4, format="FLAC", peaks=peaks)
    tour = Media("video/mp4", "blob:3", "tour.mp4", 9_000_000, width=1920, height=1080, seconds=31.0, format="MP4, AVC")
    address = Media("image/png", "https://quay.example/boats.png", "boats.png", format="PNG")
    message = Message("q", "user", (Text("后排听不清，是混响还是空调？"), photo, clap))
    view.transcript.show_messages((message,), {"q": (1, 1)})
    view.transcript.attachments.set_left_out(("q#1",))
    view.show_transcript(True)
    view.attachments.set_media((photo, tour, address))
    view.attachments.list.select_key("1")
    view.attachments.retranslate()
    view.attachments.address.field.setText("http://quay.example/a.png")
    view.attachments.address.show()
    error = InputError(Code.ADDRESS_NOT_HTTPS)
    view.attachments.address.notice.say("bad", str(error_message(error)))


def changed_parameters(view: QWidget) -> None:
    """Parameters of which some are changed, with the explanation of one of them."""
    assert isinstance(view, ChatView)
    assert view.parameters is not None
    view.open_panel(PARAMETERS_OPEN)
    sampling = Sampling(thinking=False, temperature=0.4, max_tokens=4_096, json_mode=True)
    view.parameters.show_parameters(
        "Answer in the style of a pilot's log, in {week}.", sampling, False,
        thinking=False, default_max_tokens=131_072, asks_for_json=False,
    )  # fmt: skip
    view.parameters.show_changes({"system", "temperature", "max_tokens", "json_mode", "ask"}, has_own=True)
    info = next(button for button in view.parameters.findChildren(InfoButton) if not button.is_open)
    info.click()


def inspected_chat(view: QWidget) -> None:
    """A call in the inspector, of several."""
    full_chat(view)
    assert isinstance(view, ChatView)
    assert view.inspector is not None
    panel, page = view.inspector, view.inspector.page
    view.open_panel(INSPECTOR_OPEN)

    def show() -> None:
        answer = QCoreApplication.translate("Inspector", "Answer {n}").format(n=1)
        again = QCoreApplication.translate("Inspector", "{call}, try {n}").format(call=answer, n=2)
        speech = QCoreApplication.translate("Inspector", "Speak answer {n}").format(n=1)
        models = QCoreApplication.translate("Inspector", "Model list")
        entry = CallEntry("b", 1, again, "14:07 · 5.18 s", "200", "good", Icon.CHAT)
        entries = (
            CallEntry("c", 0, speech, "14:08 · 11.8 s", "200", "good", Icon.STUDIO),
            entry,
            CallEntry("b", 0, answer, "14:07 · 0.09 s", "429", "bad", Icon.CHAT),
            CallEntry("a", 0, models, "14:01 · 84 ms", "200", "good", Icon.LIST),
        )
        panel.calls.show_entries(entries, len(entries), 61)
        panel.calls.select(entry.key)
        page.show_call(entry, QCoreApplication.translate("Inspector", "chat"), f"{PRO} · $0.0108")
        panel.fit()

    bins = tuple((at % 3 + 2, 0, 0, 0) if at < 20 else (0, at % 4 + 5, 0, 0) for at in range(6, 50))
    line = CallTimeline(0.01, 0.42, 0.61, 2.94, end=5.18, span=5.2, bins=((0, 0, 0, 0),) * 6 + bins, gap=0.31)
    show()
    view.retranslated.connect(show)
    page.graph.show_timeline(line, 214)
    page.set_figures(["551 kB", "38 kB", "214"])
    page.request.headers.show_headers("POST https://api.xiaomimimo.com/v1/chat/completions", _HEADERS)
    page.request.show_body(JsonWindow(_REQUEST, part_name))
    page.buttons.set_libraries(("httpx", "openai"))
    page.buttons.set_state(copy=None, compare=None, send=None)


def nearly_full_chat(view: QWidget) -> None:
    """The offer to leave out earlier messages, and the counter that warns."""
    full_chat(view)
    assert isinstance(view, ChatView)
    use, counter, offer = ContextUse(982_400, limit=1_048_576, is_measured=True), ContextCounter(), ContextOffer()
    counter.show_use(use)
    view.composer.end.addWidget(counter)
    view.add_offer(offer)
    offer.show_offer(lambda: full_text(use, "MiMo V2.6 Pro"), "warn", most=12, number=8, may_send=True)

    def show() -> None:
        last = QCoreApplication.translate("Context", "up to “{text}”").replace("{text}", "早上出发，带上雨衣")
        effect = QCoreApplication.translate(
            "Context",
            "Leaving them out frees about {freed} tokens. A summary is a call of about {prompt} tokens with an answer "
            "of at most {answer}.",
        )
        offer.show_choice(last, effect.format(freed="612,000", prompt="613,000", answer="1,500"))

    show()
    view.retranslated.connect(show)
