"""Attachments of messages: their cards, the strip above the message field, and how they are opened."""
