"""All units of a site with their notices, where they stand, and where they stood before."""
