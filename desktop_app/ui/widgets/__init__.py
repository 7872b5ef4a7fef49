"""Building blocks of screens: labels, fields, chips, cards, steps, states."""
