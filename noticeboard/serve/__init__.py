"""The site of a folder that is being edited: what was read is remembered, a page is made when it is asked for."""
