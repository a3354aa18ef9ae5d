"""Speech synthesis with eSpeak NG (built-in, designed and cloned voices, styles, singing) and recognition of it."""
