"""Nova Desktop: search what you filmed, photographed, recorded and wrote, on your own desk."""

import os

__version__ = "0.1.0"

# onnxruntime tells Microsoft of every session, unless this is set before it is loaded, here and in
# the processes that are started from here: its Privacy.md, "Disabling Telemetry".
os.environ["ORT_DISABLE_TELEMETRY"] = "1"
