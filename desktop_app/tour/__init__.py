"""The guided journey: the real windows, driven through one split from the counter to the certificate.

Three workstations, each an operating-system process with its own store and device, work over one centre.
What the tour reports it reads from the centre's facts, never out of its own script.
"""
