"""What the operating system gives: keyring, folders, logging, crash log.

Each answers to a port of `application` or is used by `bootstrap` alone.
"""
