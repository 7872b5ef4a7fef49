"""The one place that wires everything: says which room answers to which port.

No other module picks an implementation, so the whole of the program's composition is read here.
"""
