"""What a site needs from time to time: contacts to be tried again, links of sources to be looked after."""
