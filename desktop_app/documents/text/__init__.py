"""Arabic text engine: bidirectional runs, shaping, line breaking, fonts whose text can be read back.

It needs nothing of the rest of the application: a font file, a reportlab canvas, a string.
"""
