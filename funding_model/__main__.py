"""``python -m funding_model``: the same as the command ``funding-model``."""

import sys

from funding_model.cli import main

sys.exit(main())
