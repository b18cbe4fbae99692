"""The site that is being made: its records with what is asked of them more than once, units by region, lists."""
