"""Media input. Images, audio and video are measured, not understood."""
