"""Talk in the chat: the panel in place of the composer, its options, and the words as they are heard."""
