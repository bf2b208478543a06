"""What a packaged program starts with."""

from nova_desktop.__main__ import run

run()
