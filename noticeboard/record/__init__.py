"""The record: what a unit and a notice are, and what is said of their kinds: typed, frozen, without a file."""
