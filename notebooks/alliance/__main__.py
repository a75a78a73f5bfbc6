"""`python -m alliance` checks every table; `python -m alliance --record` writes down a new edition's fingerprint."""

import sys

from .data import main

sys.exit(main())
