"""Runs a command in a terminal of its own, prints what it shows there, and ends with its exit status."""

import os
import pty
import sys

child, terminal = pty.fork()
if child == 0:
    os.execvp(sys.argv[1], sys.argv[1:])
try:
    while shown := os.read(terminal, 4096):
        sys.stdout.buffer.write(shown)
except OSError:  # how Linux says that nobody writes any more
    pass
sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
