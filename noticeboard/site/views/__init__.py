"""What several outputs show of a record, in words: pages, search, feeds, data."""
