"""A folder read and checked, and what each problem means."""
