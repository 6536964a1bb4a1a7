"""While there is no multiprocessing."""


def _cleanup_tests():
    pass  # nothing was started
