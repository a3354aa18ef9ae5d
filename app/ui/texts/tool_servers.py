"""Words about servers of tools: their state, what could not be read, and what comes of a result."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QCoreApplication

from app.core.errors import Code
from app.core.messages import Media, ToolCall, ToolProgress
from app.core.server_exchange import MAX_TEXT_CHARS, ReadServers, ServerRefusal
from app.core.tool_servers import MAX_SERVERS, ServerTool, ToolServer
from app.services.tool_servers.server_state import LogEntry, ServerState
from app.ui.texts.errors import error_message
from app.ui.texts.numbers import count
from app.ui.widgets.chips import Kind


def state_badge(server: ToolServer, state: ServerState) -> tuple[str, Kind]:
    """The state of a server as a word, and how it is coloured."""
    match state.kind:
        case "starting":
            return QCoreApplication.translate("Servers", "starting"), "tool"
        case "running":
            return QCoreApplication.translate("Servers", "running"), "good"
        case "stopping":
            return QCoreApplication.translate("Servers", "stopping"), "neutral"
        case "failed":
            return QCoreApplication.translate("Servers", "failed"), "bad"
        case _ if server.is_seen or server.kind == "example" or server.origin == "typed":
            return QCoreApplication.translate("Servers", "off"), "neutral"
        case _:
            return QCoreApplication.translate("Servers", "off until seen"), "neutral"


def server_line(server: ToolServer, state: ServerState, on: int) -> str:
    """The second line of a server in the list; `on` of its tools are on in the conversation."""
    if state.error is not None:
        return _short_reason(state)
    if state.kind == "running":
        text = QCoreApplication.translate("Servers", "{on} of {all} tools on")
        return text.format(on=on, all=len(server.tools))
    origins = {
        "pasted": QCoreApplication.translate("Servers", "pasted"),
        "imported": QCoreApplication.translate("Servers", "imported"),
    }
    if not server.is_seen and server.origin in origins:
        return origins[server.origin]
    if server.kind == "example":
        return QCoreApplication.translate("Servers", "ships with the program")
    return server.address if server.kind == "address" else server.command


def _short_reason(state: ServerState) -> str:
    error = state.error
    assert error is not None
    if error.code is Code.SERVER_DIED:
        text = QCoreApplication.translate("Servers", "ended with code {status}")
        return text.format(status=error.params.get("status", "?"))
    return error_message(error).what


def seen_sentence(server: ToolServer) -> str:
    """What stands above a server that must be seen before it starts; empty for one that was."""
    if server.is_seen or server.kind == "example":
        return ""
    if server.origin == "typed":
        return ""
    return QCoreApplication.translate(
        "Servers", "It runs on this computer with your rights. Read the whole command, then press Start server."
    )


def refused_sentence(state: ServerState) -> str:
    """Which tools of a server can't be used; empty for none."""
    if not state.refused:
        return ""
    names = ", ".join(filter(None, state.refused[:8])) or QCoreApplication.translate("Servers", "without a name")
    text = QCoreApplication.translate("Servers", "Left out, because their description is not valid: {names}.")
    return text.format(names=names)


def wrong_lines_sentence(lines: tuple[str, ...], *, are_headers: bool) -> str:
    """Which lines of a field are neither names nor values; empty for none."""
    if not lines:
        return ""
    if are_headers:
        text = QCoreApplication.translate("Servers", "Write each header as “Name: value”. Not read: {lines}.")
    else:
        text = QCoreApplication.translate("Servers", "Write each variable as NAME=value. Not read: {lines}.")
    return text.format(lines=", ".join(lines[:4]))


def secrets_sentence(server: ToolServer) -> str:
    """How many names of variables or headers there are; their values never leave this computer by themselves."""
    number = len(server.headers if server.kind == "address" else server.environment)
    if server.kind == "address":
        match number:
            case 0:
                return ""
            case 1:
                return QCoreApplication.translate("Servers", "headers: 1 name, its value kept like a key")
        text = QCoreApplication.translate("Servers", "headers: {n} names, their values kept like keys")
    else:
        match number:
            case 0:
                return ""
            case 1:
                return QCoreApplication.translate("Servers", "environment: 1 name, never sent to the model")
        text = QCoreApplication.translate("Servers", "environment: {n} names, never sent to the model")
    return text.format(n=number)


def refusal_sentence(read: ReadServers) -> str:
    """Why nothing of a text could be added."""
    match read.refusal:
        case ServerRefusal.NOT_JSON:
            text = QCoreApplication.translate(
                "Servers", "The text is no valid JSON at line {line}, column {column}. Copy all of the settings."
            )
            return text.format(line=read.line, column=read.column)
        case ServerRefusal.TOO_LONG:
            text = QCoreApplication.translate("Servers", "The text has over {most} characters. Copy only the servers.")
            return text.format(most=count(MAX_TEXT_CHARS))
        case _:
            return QCoreApplication.translate(
                "Servers", "There is no server in the text. Copy a command, an address, or the settings of a client."
            )


def refused_server_sentence(name: str, refusal: ServerRefusal) -> str:
    """Why one server of a text was not added."""
    label = name or QCoreApplication.translate("Servers", "a server without a name")
    match refusal:
        case ServerRefusal.SSE_ONLY:
            text = QCoreApplication.translate(
                "Servers", "Not added: {name}, because it uses the former SSE transport. Ask for its HTTP address."
            )
        case ServerRefusal.TOO_MANY:
            text = QCoreApplication.translate("Servers", "Not added: {name}, because there are {most} servers already.")
        case _:
            text = QCoreApplication.translate(
                "Servers", "Not added: {name}, because it has neither a command nor an address."
            )
    return text.format(name=label, most=MAX_SERVERS)


def log_line(entry: LogEntry) -> str:
    """A line of the log with its time and source."""
    at = datetime.fromtimestamp(entry.at).strftime("%H:%M:%S")
    source = "" if entry.source == "bridge" else f"{entry.source}  "
    line = f"{at} {source}{entry.text}"
    if entry.left_out:
        text = QCoreApplication.translate("Servers", "… {n} lines left out")
        line = f"{text.format(n=count(entry.left_out))}\n{line}"
    return line


def uptime(seconds: float) -> str:
    """For how long a server has run."""
    minutes = int(seconds // 60)
    if minutes < 1:
        return QCoreApplication.translate("Servers", "just started")
    if minutes < 120:
        return QCoreApplication.translate("Servers", "up {n} min").format(n=minutes)
    return QCoreApplication.translate("Servers", "up {n} h").format(n=minutes // 60)


def progress_text(progress: ToolProgress) -> str:
    """How far a running tool is."""
    if progress.total:
        text = QCoreApplication.translate("Servers", "{done} of {total}")
        words = text.format(done=f"{progress.done:g}", total=f"{progress.total:g}")
    else:
        words = f"{progress.done:g}"
    return f"{words} · {progress.text}" if progress.text else words


def result_notes(call: ToolCall) -> str:
    """What is to be said of a result besides its text; empty for nothing."""
    notes = []
    if call.dropped == 1:
        notes.append(QCoreApplication.translate("Servers", "1 part of the result can't be shown."))
    elif call.dropped:
        text = QCoreApplication.translate("Servers", "{n} parts of the result can't be shown.")
        notes.append(text.format(n=call.dropped))
    if call.mismatch:
        notes.append(
            QCoreApplication.translate("Servers", "The result is not what the tool's own schema promises. Check it.")
        )
    return " ".join(notes)


def media_title(media: Media) -> str:
    """What an image or a sound of a result is called."""
    kind = media.mime.partition("/")[0]
    if kind == "audio":
        text = QCoreApplication.translate("Servers", "Sound from {server}")
    else:
        text = QCoreApplication.translate("Servers", "Image from {server}")
    return text.format(server=media.name)


def media_remark(media: Media, *, images_sent: bool) -> str:
    """Who gets an image or a sound of a result."""
    if images_sent and media.mime.startswith("image/"):
        return QCoreApplication.translate("Servers", "shown to you and sent")
    return QCoreApplication.translate("Servers", "shown to you, not sent")


def tool_badge(tool: ServerTool) -> tuple[str, Kind]:
    """A mark for a tool that may change something."""
    return (QCoreApplication.translate("Servers", "writes"), "warn") if tool.writes else ("", "neutral")


def tool_line(tool: ServerTool, *, is_always_allowed: bool) -> str:
    """What a tool does, in its server's words, and what it may do without asking."""
    line = " ".join((tool.title or tool.description).split())[:200]
    if not is_always_allowed:
        return line
    return QCoreApplication.translate("Tools", "{tool} · always allowed").format(tool=line)
