"""The command line: one small file a command group, loaded when its command is called."""
