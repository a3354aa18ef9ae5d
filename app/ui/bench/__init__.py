"""The bench: answers side by side, test cases and the prompt library."""
