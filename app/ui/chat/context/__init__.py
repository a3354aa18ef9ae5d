"""How much of the model's context a conversation takes, and what to leave out of it."""
