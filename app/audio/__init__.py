"""The audio engine: player, recorder, devices, files, analysis, peaks, cutting. No Qt, no sentences.

Import the module you need; the package itself stays light, because numpy and PortAudio cost start-up time.
"""
