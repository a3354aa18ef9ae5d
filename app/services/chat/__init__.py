"""Conversations: turns, the tool loop, approval, branches."""
