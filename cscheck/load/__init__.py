"""Read packs from YAML, strictly, with located errors."""
