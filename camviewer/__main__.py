"""``python -m camviewer``."""

import sys

from camviewer.app import main

sys.exit(main())
