"""Markdown as it streams: reading it into leaves, and drawing those into a text document."""
