"""The certificates of an issued request: the stored page as it will be printed, and the print gate."""
