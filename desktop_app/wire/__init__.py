"""What crosses the network and lies in the logs, with its versions.

Other versions of this program read what is written here: a shape that was once released keeps its meaning.
"""
