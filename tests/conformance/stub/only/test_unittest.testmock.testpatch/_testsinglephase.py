"""For test_importlib.util, which is imported for its uncache() alone."""
