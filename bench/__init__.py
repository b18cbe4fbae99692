"""Measurements at sizes that no real board has yet, on notices that are made up. No part of the program."""
