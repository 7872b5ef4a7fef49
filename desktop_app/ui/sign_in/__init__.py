"""The sign-in screen: choose who you are, type the password, begin."""
