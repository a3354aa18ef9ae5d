"""A tool server could not be started, has ended, or did not answer a call."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from app.core.errors import Code
from app.ui.texts.errors.message import ErrorMessage, MessageTable

TOOL_SERVER_MESSAGES: MessageTable = {
    Code.BRIDGE_NOT_INSTALLED: lambda: ErrorMessage(
        QCoreApplication.translate("Errors", "The package for tool servers (mcp) is not installed."),
        QCoreApplication.translate("Errors", "Start the program with “python3 packaging/bootstrap.py run”."),
    ),
    Code.BRIDGE_ENDED: lambda: ErrorMessage(
        QCoreApplication.translate("Errors", "The connection to the tool servers was lost."),
        QCoreApplication.translate("Errors", "Press Start server again."),
    ),
    Code.SERVERS_FULL: lambda: ErrorMessage(
        QCoreApplication.translate("Errors", "There are {most} servers, which is the most."),
        QCoreApplication.translate("Errors", "Remove some that you no longer need."),
    ),
    Code.SERVER_INCOMPLETE: lambda: ErrorMessage(
        QCoreApplication.translate("Errors", "The server has neither a command nor an address."),
        QCoreApplication.translate("Errors", "Type one of them."),
    ),
    Code.SERVER_COMMAND_QUOTES: lambda: ErrorMessage(
        QCoreApplication.translate("Errors", "A quotation mark in the command is not closed."),
        QCoreApplication.translate("Errors", "Close it, then start the server."),
    ),
    Code.SERVER_VALUES_MISSING: lambda: ErrorMessage(
        QCoreApplication.translate("Errors", "These have no value on this computer: {names}."),
        QCoreApplication.translate("Errors", "Type the values, or remove the lines."),
    ),
    Code.SERVER_COMMAND_MISSING: lambda: ErrorMessage(
        QCoreApplication.translate("Errors", "There is no program “{command}”."),
        QCoreApplication.translate("Errors", "Install it, or type the path to it."),
    ),
    Code.SERVER_FOLDER_MISSING: lambda: ErrorMessage(
        QCoreApplication.translate("Errors", "The folder does not exist: {folder}."),
        QCoreApplication.translate("Errors", "Correct it, or leave the field empty."),
    ),
    Code.SERVER_ADDRESS: lambda: ErrorMessage(
        QCoreApplication.translate("Errors", "This is not an address of a server: {address}."),
        QCoreApplication.translate("Errors", "It begins with https://, or with http:// on this computer."),
    ),
    Code.SERVER_NOT_STARTED: lambda: ErrorMessage(
        QCoreApplication.translate("Errors", "The program could not be started: {reason}."),
        QCoreApplication.translate("Errors", "Check the command and whether it may be run."),
    ),
    Code.SERVER_DIED: lambda: ErrorMessage(
        QCoreApplication.translate("Errors", "The server ended with code {status}: “{line}”."),
        QCoreApplication.translate("Errors", "Read its log, then start it again."),
    ),
    Code.SERVER_SILENT: lambda: ErrorMessage(
        QCoreApplication.translate("Errors", "The server did not answer within {seconds} s."),
        QCoreApplication.translate("Errors", "Read its log; it may wait for something, or be no MCP server."),
    ),
    Code.SERVER_NOT_MCP: lambda: ErrorMessage(
        QCoreApplication.translate("Errors", "This does not speak MCP: {reason}."),
        QCoreApplication.translate("Errors", "Check the command or the address."),
    ),
    Code.SERVER_LOGIN: lambda: ErrorMessage(
        QCoreApplication.translate("Errors", "{host} needs a login (status {status})."),
        QCoreApplication.translate(
            "Errors", "Add or correct its key in the headers, such as “Authorization: Bearer …”."
        ),
    ),
    Code.SERVER_STATUS: lambda: ErrorMessage(
        QCoreApplication.translate("Errors", "{host} refused the connection (status {status})."),
        QCoreApplication.translate("Errors", "Check the address; it often ends with /mcp."),
    ),
    Code.SERVER_UNREACHABLE: lambda: ErrorMessage(
        QCoreApplication.translate("Errors", "The server {host} can't be reached."),
        QCoreApplication.translate("Errors", "Check the address and the network, then start it again."),
    ),
    Code.SERVER_PROXY: lambda: ErrorMessage(
        QCoreApplication.translate("Errors", "The proxy {proxy} did not reach {host}: {reason}."),
        QCoreApplication.translate("Errors", "Check the proxy in Settings, Network, then start the server again."),
    ),
    Code.SERVER_STOPPED: lambda: ErrorMessage(
        QCoreApplication.translate("Errors", "The server of this tool does not run (any more)."),
        QCoreApplication.translate("Errors", "Start it in Tools, then replay the call."),
    ),
    Code.SERVER_TOOL_SLOW: lambda: ErrorMessage(
        QCoreApplication.translate("Errors", "There was no result and no progress for {seconds} s."),
        QCoreApplication.translate("Errors", "Replay the call, or restart its server in Tools."),
    ),
    Code.SERVER_RESULT_TOO_LONG: lambda: ErrorMessage(
        QCoreApplication.translate("Errors", "The result is too long, and of a form that can't be cut."),
        QCoreApplication.translate("Errors", "Ask for less, such as fewer rows."),
    ),
    Code.SERVER_RESULT_UNREADABLE: lambda: ErrorMessage(
        QCoreApplication.translate("Errors", "The result is not what MCP allows."),
        QCoreApplication.translate("Errors", "Tell those who make the server; the model was told that it failed."),
    ),
    Code.SERVER_REFUSED_CALL: lambda: ErrorMessage(
        QCoreApplication.translate("Errors", "The tool says that it failed."),
        QCoreApplication.translate("Errors", "The model got its reason. You can edit the arguments and replay."),
    ),
}
