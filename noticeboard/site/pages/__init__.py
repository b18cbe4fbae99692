"""Board → Markdown pages: a view (just what the page shows) and a template for each kind of page."""
