"""The transcript: messages with their thinking, tool calls and sources, streaming and finished."""
