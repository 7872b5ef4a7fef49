"""The window around the screens: navigation, command box, messages, status."""
