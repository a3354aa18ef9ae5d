"""The Beside page: one conversation, answered in up to four ways."""
