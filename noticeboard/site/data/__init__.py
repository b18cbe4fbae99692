"""The open data: what the notices hold, as files for programs and spreadsheets, beside the pages that people read."""
