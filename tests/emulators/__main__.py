"""Starts S3, Bedrock and S3 Vectors on the loopback, and prints the lines that plug them in.

python -m tests.emulators [--bucket NAME] [--latency SECONDS] [--parallel N] [--job SECONDS]
                          [--speed TIMES]
"""

from __future__ import annotations

import argparse
import signal
import sys
import threading
from dataclasses import replace

import boto3

from tests.emulators.bedrock import Bedrock
from tests.emulators.control import PATH
from tests.emulators.s3 import S3
from tests.emulators.s3vectors import S3Vectors

# Any key will do; these make sure that it is nobody's own.
KEYS = {
    "AWS_ACCESS_KEY_ID": "testing",
    "AWS_SECRET_ACCESS_KEY": "testing",
    "AWS_DEFAULT_REGION": "us-east-1",
    "AWS_EC2_METADATA_DISABLED": "true",
}


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.emulators", description=__doc__)
    parser.add_argument("--bucket", default="nova-desktop", help="made in S3 at the start")
    parser.add_argument("--latency", type=float, default=0.3, help="seconds of every call")
    parser.add_argument("--job", type=float, default=5.0, help="seconds of every job")
    parser.add_argument("--parallel", type=int, help="calls at once; more are throttled")
    parser.add_argument("--port", type=int, default=0, help="of Bedrock; 0: any free one")
    parser.add_argument(
        "--speed", type=float, default=1.0, help="times the documented rates of S3 Vectors"
    )
    given = parser.parse_args(arguments)

    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):  # before anyone knows of it and may end it
        signal.signal(number, lambda *_: stop.set())
    s3 = S3().start()
    bedrock = Bedrock(s3.url, given.port).start()
    vectors = S3Vectors().start()
    vectors.conditions = replace(vectors.conditions, speed=given.speed)
    bedrock.conditions = replace(
        bedrock.conditions, latency_s=given.latency, job_s=given.job, parallel=given.parallel
    )
    client = boto3.Session("testing", "testing", region_name="us-east-1").client(
        "s3", endpoint_url=s3.url
    )
    client.create_bucket(Bucket=given.bucket)
    client.close()
    plugs = {**KEYS, **s3.environment, **bedrock.environment, **vectors.environment}
    for name, value in plugs.items():
        sys.stdout.write(f"export {name}={value}\n")
    sys.stdout.write(
        f"# bucket: {given.bucket}; faults and the log: {bedrock.url}{PATH}… and "
        f"{vectors.url}{PATH}…\n"
    )
    sys.stdout.flush()
    stop.wait()
    vectors.stop()
    bedrock.stop()
    s3.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
