"""What an office hands in, a document or a filled-in form → a draft of a notice."""
