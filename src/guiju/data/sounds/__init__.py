"""What is read out of a sound: its samples block by block, its waveform and spectrogram, where somebody speaks.

Brings NumPy and, where a file is opened, the libraries of the extra `media`; so it is imported by those who need it.
"""
