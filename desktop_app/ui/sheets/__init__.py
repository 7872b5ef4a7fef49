"""The ledger of blank certificate sheets, as far as this workstation knows of it."""
