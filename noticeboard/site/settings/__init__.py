"""What a site is told of itself: who publishes it, where, and where its readers turn to."""
