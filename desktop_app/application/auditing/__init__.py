"""Checking audit chains and signing their heads: the same at the centre, on a workstation and for a witness."""
