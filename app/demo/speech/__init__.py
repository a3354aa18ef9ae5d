"""Speech through eSpeak NG: voices, style, tags, singing, design, clone, and recognising what was spoken here."""
