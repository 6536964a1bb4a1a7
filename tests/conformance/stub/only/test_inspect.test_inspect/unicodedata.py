"""For test_inspect, which wants to know whether this module is native: it is not."""
