"""What goes wrong between the real program and Amazon Bedrock, which an emulator stands in for."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace

from tests.emulators.__main__ import KEYS
from tests.emulators.bedrock import Bedrock
from tests.emulators.s3 import S3
from tests.faults.program import QUICK, Program, Untrue

PAID = 'engine = "nova"\ndimension = 256\ncalls_at_once = 8\nmonth_cap_usd = 0\n'


def throttle(program: Program, files: int, times: int) -> str:
    """Refuses many calls, and all but a few at once."""

    def weather(bedrock: Bedrock) -> None:
        bedrock.conditions = replace(bedrock.conditions, latency_s=0.05, parallel=4)
        bedrock.faults.add("ThrottlingException", share=0.3)
        bedrock.faults.add("ServiceUnavailableException", share=0.1)

    return _sent_through(program, files, times, weather, "throttled")


def cut(program: Program, files: int, times: int) -> str:
    """Cuts connections before and after the work, and in the middle of answers."""

    def weather(bedrock: Bedrock) -> None:
        for kind in ("reset_before", "reset_after", "cut", "html"):
            bedrock.faults.add(kind, share=0.08)

    return _sent_through(program, files, times, weather, "cut off")


def _sent_through(
    program: Program, files: int, times: int, weather: Callable[[Bedrock], None], how: str
) -> str:
    s3 = S3().start()
    bedrock = Bedrock(s3.url).start()
    try:
        program.environment |= {**KEYS, **s3.environment, **bedrock.environment}
        program.settings.write_text(QUICK + PAID)
        program.write(2)
        program.index()
        if program.run("rule", program.folder, "cloud", "--yes")[0]:
            raise Untrue(f"the cloud could not be allowed: {program.tail()}")
        for _ in range(times):
            weather(bedrock)
            program.write(files // times)
            child = program.start("index", program.folder)
            until = time.monotonic() + 20
            while child.poll() is None and time.monotonic() < until:
                time.sleep(0.2)
            bedrock.faults.clear()
            child.wait(300)
        program.run("retry")
        program.index()
        program.compare()
        _all_paid(program)
        bill = bedrock.log.bill
        statuses = [call.status for call in bedrock.log.calls()]
        lost = bill.undelivered + statuses.count(502)  # by a gateway, after the work was done
        if bill.repeated > lost:
            raise Untrue(f"paid twice for {bill.repeated}, where {lost} answers never arrived")
    finally:
        bedrock.stop()
        s3.stop()
    return (
        f"{len(statuses) - statuses.count(200)} calls {how} for {files} files: {bill.calls} paid, "
        f"{bill.repeated} of them again, as {lost} answers never arrived"
    )


def _all_paid(program: Program) -> None:
    contents = program.asked("SELECT count(*) FROM contents WHERE files > 0")
    paid = program.asked("SELECT count(*) FROM indexed WHERE rows > 0 AND space LIKE 'nova%'")
    if paid != contents:
        raise Untrue(f"of {contents} contents, {paid} are in the paid space")
