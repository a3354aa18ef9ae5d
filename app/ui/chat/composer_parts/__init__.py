"""Parts of the composer: variable fields, earlier messages, templates, dictation."""
