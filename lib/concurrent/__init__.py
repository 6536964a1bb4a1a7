"""Doing several things at once: see concurrent.futures."""
