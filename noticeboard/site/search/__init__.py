"""Finding any text in the records: passages, folding, and an index that a browser reads piece by piece."""
