"""What is new, for feed readers: Atom and JSON Feed of the whole site, of each unit and of each topic."""
