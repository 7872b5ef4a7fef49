"""Tajzia (تجزئة): splitting vocational licences at the counters of the Greater Amman Municipality."""

__version__ = "0.1.0"
