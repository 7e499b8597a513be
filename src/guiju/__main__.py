"""`python -m guiju` is the command line."""

from guiju.cli import main

main()
