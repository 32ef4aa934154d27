"""`python -m tratin` is the command `tratin`."""

from tratin.cli.main import main

main()
