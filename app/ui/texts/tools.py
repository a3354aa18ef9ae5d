"""Sentences about tools: what is wrong with a name or a schema, what could not be imported, what built-in ones do."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from app.core.schema_check import MAX_SCHEMA_LENGTH, SYNTAX_KINDS, Fix, ProblemKind, SchemaProblem
from app.core.tool_definitions import MAX_NAME_LENGTH, NameFault
from app.core.tool_exchange import ReadTools, Refusal
from app.services.tools.own_tools import ToolState
from app.ui.texts.numbers import count


def builtin_title(name: str) -> str:
    """What a built-in tool is called in the list."""
    titles = {
        "get_current_time": QCoreApplication.translate("Tools", "Date and time"),
        "calculate": QCoreApplication.translate("Tools", "Calculator"),
        "convert_units": QCoreApplication.translate("Tools", "Unit conversion"),
        "roll_dice": QCoreApplication.translate("Tools", "Dice"),
    }
    return titles.get(name, name)


def builtin_sentence(name: str) -> str:
    """What a built-in tool does, for the user."""
    sentences = {
        "get_current_time": QCoreApplication.translate("Tools", "this computer's clock"),
        "calculate": QCoreApplication.translate("Tools", "exact arithmetic"),
        "convert_units": QCoreApplication.translate("Tools", "lengths and weights"),
        "roll_dice": QCoreApplication.translate("Tools", "random numbers"),
    }
    return sentences.get(name, "")


def name_sentence(fault: NameFault) -> str:
    """Why a tool can't have a name, and what to do."""
    match fault:
        case NameFault.EMPTY:
            return QCoreApplication.translate("Tools", "A tool needs a name. Until then it keeps the one it had.")
        case NameFault.LONG:
            text = QCoreApplication.translate("Tools", "A name has at most {most} characters. Shorten it.")
            return text.format(most=MAX_NAME_LENGTH)
        case NameFault.CHARACTERS:
            return QCoreApplication.translate(
                "Tools", "A name may have the letters a to z, digits, _ and -. Remove the others."
            )
        case NameFault.TAKEN:
            return QCoreApplication.translate("Tools", "Another tool of yours has this name. Choose a different one.")
        case NameFault.BUILTIN:
            return QCoreApplication.translate("Tools", "A built-in tool has this name. Choose a different one.")


def problem_sentence(problem: SchemaProblem) -> str:
    """What is wrong with a schema, beginning with the line, and with the column where the text is no JSON."""
    reason = _reason(problem).format(keyword=problem.keyword, value=problem.value, most=count(MAX_SCHEMA_LENGTH))
    if problem.kind in SYNTAX_KINDS:
        place = QCoreApplication.translate("Tools", "Line {line}, column {column}: {reason}")
        return place.format(line=problem.line, column=problem.column, reason=reason)
    line = QCoreApplication.translate("Tools", "Line {line}: {reason}")
    return line.format(line=problem.line, reason=reason)


def _reason(problem: SchemaProblem) -> str:
    match problem.kind:
        case ProblemKind.COMMA:
            return QCoreApplication.translate("Tools", "a comma or a closing bracket is missing")
        case ProblemKind.NAME:
            return QCoreApplication.translate("Tools", "a name in double quotes belongs here")
        case ProblemKind.COLON:
            return QCoreApplication.translate("Tools", "a colon belongs between a name and its value")
        case ProblemKind.VALUE if problem.value:
            return QCoreApplication.translate("Tools", "“{value}” is not a JSON value")
        case ProblemKind.VALUE | ProblemKind.EMPTY:
            return QCoreApplication.translate("Tools", "a value is missing")
        case ProblemKind.STRING:
            return QCoreApplication.translate("Tools", "the closing quotation mark is missing")
        case ProblemKind.EXTRA:
            return QCoreApplication.translate("Tools", "the schema has ended before this")
        case ProblemKind.CONTROL:
            return QCoreApplication.translate("Tools", "a text can't contain a line break or tab; write \\n or \\t")
        case ProblemKind.ESCAPE:
            return QCoreApplication.translate("Tools", "\\ stands before a character that needs none")
        case ProblemKind.TWICE:
            return QCoreApplication.translate("Tools", "“{value}” stands twice in one object")
        case ProblemKind.DEEP:
            return QCoreApplication.translate("Tools", "nested too deeply")
        case ProblemKind.TOO_LONG:
            return QCoreApplication.translate("Tools", "a schema has at most {most} characters")
        case ProblemKind.NOT_AN_OBJECT:
            return QCoreApplication.translate("Tools", "a schema is an object in braces")
        case ProblemKind.NOT_OF_TYPE_OBJECT:
            return QCoreApplication.translate("Tools", "the arguments of a tool are of type “object”")
        case ProblemKind.WHOLE_TOOL:
            return QCoreApplication.translate("Tools", "this is a whole tool; only its parameters belong here")
        case ProblemKind.NEEDS_SCHEMA:
            return QCoreApplication.translate("Tools", "“{keyword}” takes a schema, not “{value}”")
        case ProblemKind.NEEDS_SCHEMAS:
            return QCoreApplication.translate("Tools", "“{keyword}” takes an object with a schema for each name")
        case ProblemKind.NEEDS_LIST:
            return QCoreApplication.translate("Tools", "“{keyword}” takes a list in square brackets, not “{value}”")
        case ProblemKind.NEEDS_NUMBER:
            return QCoreApplication.translate("Tools", "“{keyword}” takes a number, not “{value}”")
        case ProblemKind.NEEDS_TEXT:
            return QCoreApplication.translate("Tools", "“{keyword}” takes a text in quotation marks, not “{value}”")
        case ProblemKind.NEEDS_SWITCH:
            return QCoreApplication.translate("Tools", "“{keyword}” takes true or false, not “{value}”")
        case ProblemKind.UNKNOWN_TYPE:
            return QCoreApplication.translate(
                "Tools",
                "“{value}” is not a type; there are string, number, integer, boolean, object, array and null",
            )
        case ProblemKind.REPEATED:
            return QCoreApplication.translate("Tools", "“{keyword}” has an entry twice")
        case ProblemKind.PATTERN:
            return QCoreApplication.translate("Tools", "“{value}” is not a regular expression")
        case ProblemKind.NO_SUCH_PART:
            return QCoreApplication.translate("Tools", "“{value}” leads to no part of this schema")
        case ProblemKind.ELSEWHERE:
            return QCoreApplication.translate(
                "Tools", "“{value}” lies outside of this schema and is never fetched; copy it into $defs"
            )
        case ProblemKind.OTHER:
            return QCoreApplication.translate("Tools", "“{keyword}” can't be “{value}”")


def fix_label(fix: Fix) -> str:
    """The label of the button that mends a schema."""
    text = " ".join(fix.text.split())
    if not text:
        return QCoreApplication.translate("Tools", "Remove it")
    if len(text) > 40:
        return QCoreApplication.translate("Tools", "Keep only that")
    return QCoreApplication.translate("Tools", "Put {text}").format(text=text)


def off_sentence(state: ToolState) -> str:
    """Why a tool is off, as a subtitle; empty if it can be offered."""
    if state.problem is not None:
        return QCoreApplication.translate("Tools", "off until line {line} is right").format(line=state.problem.line)
    if state.is_name_taken:
        return QCoreApplication.translate("Tools", "off: another tool has its name")
    if state.lacks_builtin:
        return QCoreApplication.translate("Tools", "off until a built-in tool is chosen")
    return ""


def answer_label(answer: str) -> str:
    """Who answers a tool, as a subtitle."""
    match answer:
        case "ask":
            return QCoreApplication.translate("Tools", "answered by me")
        case "canned":
            return QCoreApplication.translate("Tools", "canned")
    return QCoreApplication.translate("Tools", "built in")


def refusal_sentence(read: ReadTools) -> str:
    """Why nothing of a text could be imported."""
    match read.refusal:
        case Refusal.NOT_JSON:
            text = QCoreApplication.translate(
                "Tools", "This is not JSON: see line {line}, column {column}. Correct it, then try again."
            )
            return text.format(line=read.line, column=read.column)
        case Refusal.TOO_LONG:
            return QCoreApplication.translate("Tools", "This text is too long for tool definitions.")
    return QCoreApplication.translate(
        "Tools", "There are no tools in it. Tools are an array as in a request, or one object with a name."
    )


def refused_reason(reason: Refusal) -> str:
    """Why one tool could not be imported."""
    match reason:
        case Refusal.NO_NAME:
            return QCoreApplication.translate("Tools", "it has no name")
        case Refusal.NO_SCHEMA:
            return QCoreApplication.translate("Tools", "its parameters are not an object")
        case Refusal.SCHEMA_TOO_LONG:
            return QCoreApplication.translate("Tools", "its parameters are too long")
        case Refusal.DESCRIPTION:
            return QCoreApplication.translate("Tools", "its description is not a text, or too long")
        case Refusal.TOO_MANY:
            return QCoreApplication.translate("Tools", "there are too many tools already")
    return QCoreApplication.translate("Tools", "it is not a function")
