"""What a packaged program starts with."""

import sys

from nova_desktop.__main__ import main

sys.exit(main())
