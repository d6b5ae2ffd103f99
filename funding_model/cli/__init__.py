"""The same questions from a shell: compare, bridge, gap, explain, workforce, simulate, allocate, validate and more.

Exit codes: 0; 1 when a check of the results fails; 2 for input that cannot be used or a comparison that is refused.
What answers a command is loaded when it is asked for, so that none waits for what another needs.
"""

from funding_model.cli.running import main

__all__ = ["main"]
