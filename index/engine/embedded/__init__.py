"""The engine beside the files: generations of mapped arrays under a folder, written and answered in this process."""
