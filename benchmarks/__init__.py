"""Side by side with peers, ratios printed: ``make bench``."""
