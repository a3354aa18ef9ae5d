"""The Prompts page: the prompt library with its versions."""
