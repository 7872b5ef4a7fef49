"""The register of licences, and one licence among its kin."""
