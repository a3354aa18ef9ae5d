"""Texts of the tag linter: what it found, and what its fixes do."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from app.core.tag_linter import Finding, TagIssue
from app.core.tags import MAX_ADVISED_LENGTH
from app.ui.texts.numbers import count


def issue_message(found: Finding) -> str:
    """Describe a finding of the tag linter."""
    return _message(found.code).format(words=found.words, most=count(MAX_ADVISED_LENGTH))


def too_long_briefly() -> str:
    """A finding of a text that is too long, where what speaking it in parts takes stands behind it."""
    message = QCoreApplication.translate("Studio", "Over {most} characters may be cut off.")
    return message.format(most=count(MAX_ADVISED_LENGTH))


def more_findings(number: int) -> str:
    """The last row of a list that does not hold all findings."""
    return QCoreApplication.translate("Studio", "{n} more. They are listed as these are fixed.").format(n=count(number))


def _message(code: TagIssue) -> str:
    match code:
        case TagIssue.TAGS_UNSUPPORTED:
            return QCoreApplication.translate(
                "Studio", "Sources disagree whether designed voices take tags. They may be read aloud."
            )
        case TagIssue.SINGING_NOT_FIRST:
            return QCoreApplication.translate("Studio", "The singing tag must come first in the text.")
        case TagIssue.SINGING_UNSUPPORTED:
            return QCoreApplication.translate("Studio", "Only built-in voices can sing.")
        case TagIssue.OLD_STYLE:
            return QCoreApplication.translate("Studio", "The <style> form is for the earlier model only.")
        case TagIssue.BODY_ACTION:
            return QCoreApplication.translate("Studio", "“{words}” makes no sound.")
        case TagIssue.OTHER_LANGUAGE:
            return QCoreApplication.translate("Studio", "“{words}” is not in the language of the text.")
        case TagIssue.TAGS_IN_SENTENCE:
            return QCoreApplication.translate("Studio", "Two audio tags in one sentence can conflict.")
        case TagIssue.TOO_LONG:
            return QCoreApplication.translate("Studio", "The service may cut off text over {most} characters.")
        case TagIssue.STYLES_APART:
            return QCoreApplication.translate(
                "Studio", "Put all styles at the start of the text in one pair of brackets."
            )
        case TagIssue.UNCLOSED:
            return QCoreApplication.translate("Studio", "“{words}” has no closing bracket and would be read aloud.")
        case TagIssue.UNOPENED:
            return QCoreApplication.translate("Studio", "“{words}” has no opening bracket and would be read aloud.")
        case TagIssue.EMPTY_BRACKETS:
            return QCoreApplication.translate("Studio", "There is nothing in the brackets “{words}”.")
        case TagIssue.OTHER_BRACKETS:
            return QCoreApplication.translate("Studio", "“{words}” may be read aloud: tags stand in ( ) or [ ].")
        case TagIssue.UNKNOWN_TAG:
            return QCoreApplication.translate(
                "Studio", "“{words}” doesn't read like a tag. In brackets it may not be spoken."
            )


def fix_label(found: Finding) -> str:
    """The label of the fix button; empty if the finding has no fix."""
    match found.code:
        case TagIssue.TOO_LONG:
            return QCoreApplication.translate("Studio", "Speak in parts")
        case TagIssue.TAGS_UNSUPPORTED:
            return QCoreApplication.translate("Studio", "Remove the tags")
        case TagIssue.SINGING_NOT_FIRST:
            return QCoreApplication.translate("Studio", "Move it to the front")
        case TagIssue.TAGS_IN_SENTENCE:
            return QCoreApplication.translate("Studio", "Keep the first")
        case _ if found.removes:
            return QCoreApplication.translate("Studio", "Remove it")
        case TagIssue.OLD_STYLE:
            return QCoreApplication.translate("Studio", "Write it as a tag")
        case TagIssue.OTHER_LANGUAGE:
            return QCoreApplication.translate("Studio", "Translate it")
        case TagIssue.BODY_ACTION:
            return QCoreApplication.translate("Studio", "Remove it")
        case TagIssue.STYLES_APART:
            return QCoreApplication.translate("Studio", "Combine them")
        case TagIssue.UNCLOSED | TagIssue.UNOPENED:
            return QCoreApplication.translate("Studio", "Add the bracket")
        case TagIssue.OTHER_BRACKETS:
            return QCoreApplication.translate("Studio", "Use square brackets")
        case TagIssue.UNKNOWN_TAG:
            return QCoreApplication.translate("Studio", "Write it as text")
    return ""
