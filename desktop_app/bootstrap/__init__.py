"""The one place that wires everything: says which room answers to which port.

No other room picks an implementation, so the whole of the program's composition is read here, a module for each thing
that is put together. What is heavy is imported where it is first needed: nothing of the store or the network before
the first paint.
"""
