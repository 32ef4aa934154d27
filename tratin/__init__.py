"""Tra Tin's front door: the command line and the settings; it builds the rooms' parts and hands them over."""

__version__ = "0.1.0"
