"""Files that people wrote → the record, or located problems; and back: blank files, mended files."""
