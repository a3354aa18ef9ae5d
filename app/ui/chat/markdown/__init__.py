"""Shows streaming Markdown: parses it into blocks and draws those into a text document."""
