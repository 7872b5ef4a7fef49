"""The passphrase under which the keys of a computer without a keyring lie: chosen once, typed at every start."""
