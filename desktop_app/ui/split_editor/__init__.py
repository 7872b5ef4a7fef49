"""The split as it is made: what a parent gives up is dragged or typed into its children."""
