"""Talk: speaking with MiMo by voice, sentence by sentence."""
