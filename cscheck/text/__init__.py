"""Text: normalised for matching, segmented where a candidate needs it, its numbers read to values."""
