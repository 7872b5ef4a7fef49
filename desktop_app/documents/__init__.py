"""What is printed: certificate and receipt, drawn on A4, with Arabic that is right as glyphs and as text.

A document is drawn from facts that are handed in; it looks nothing up and knows no clock.
"""
