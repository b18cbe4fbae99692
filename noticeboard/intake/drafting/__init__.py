"""From a document (Word, Excel, PDF, web page, text) to a draft of the record, with nothing lost."""
