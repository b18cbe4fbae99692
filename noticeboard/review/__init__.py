"""What a reviewer is given of a change: each changed page in one file, and a summary of what is to be looked at."""
