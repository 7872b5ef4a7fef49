"""Checking certificates: what a file, a picture, a scanner or the camera brings, and its verdict."""
