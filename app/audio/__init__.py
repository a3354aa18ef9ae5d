"""The audio engine: player, recorder, devices, files, analysis, waveform peaks, editing. No Qt, no user-visible text.

Import the module you need. The package itself imports nothing, because numpy and PortAudio are slow to load.
"""
