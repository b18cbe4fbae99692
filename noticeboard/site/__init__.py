"""A checked board → a website."""
