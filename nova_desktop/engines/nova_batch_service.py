"""What a batch job asks of AWS: objects put, fetched and deleted, and the job itself.

Sources: the control plane's service model `bedrock`, which ships with botocore; [role] "Create a
custom service role for batch inference", Amazon Bedrock user guide.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from nova_desktop.aws.client import Service
from nova_desktop.aws.errors import Account, code_of
from nova_desktop.aws.stopping import Pauses, beside, persistent
from nova_desktop.engines.nova_batch_job import BatchJob
from nova_desktop.engines.nova_request import MODEL
from nova_desktop.engines.s3_bucket import Bucket
from nova_desktop.errors import BadInput, NeedsUser

HOURS = 24  # timeoutDurationInHours: 24 to 168. What was not reached by then is asked one by one.
PAUSES = Pauses(1.0, 20.0)  # after failures of one call
ROLE = r"arn:aws(-[^:]+)?:iam::\d{12}:role/.+"  # roleArn
WHOLE = 1 << 40  # bytes: more than an object of ours has
OFF = "or take batch_role out of the settings, and all goes without batch jobs"
DENIED = "AccessDeniedException"


class Status(NamedTuple):
    name: str
    message: str

    @property
    def over(self) -> bool:
        return self.name in ("Completed", "PartiallyCompleted", "Failed", "Stopped", "Expired")


def checked_role(arn: str) -> str:
    """`arn`, if it names a role. Raises BadInput."""
    if not re.fullmatch(ROLE, arn):
        raise BadInput(
            f"“{arn}” is not the ARN of an IAM role, as in arn:aws:iam::111122223333:role/name. "
            "Mend batch_role in the settings, or take it out."
        )
    return arn


class BatchService:
    """Each call tries again by itself when AWS is busy or out of reach. Any number of threads.

    `s3` and `bedrock` are the services of these names (aws.client), of one account.
    `sent` is told where an object goes and of how many bytes, before it does; `deleted` where one
    was. Raises TryLater, Stopped among them, and NeedsUser; never BadInput: what AWS says of a job
    says nothing of one piece.
    """

    def __init__(
        self,
        s3: Service,
        bedrock: Service,
        bucket: str,
        stop: threading.Event,
        sent: Callable[[str, int], None],
        deleted: Callable[[str], None],
    ) -> None:
        self.stop = stop
        self._bucket = Bucket(s3, bucket, stop, PAUSES)
        self._bedrock = bedrock
        self._sent, self._deleted = sent, deleted

    @property
    def account(self) -> Account:
        return self._bedrock.account

    def put(self, job: BatchJob, number: int, data: bytes) -> None:
        """One file of its input."""
        key = f"{job.source}{number:05}.jsonl"
        self._sent(self._bucket.uri(key), len(data))
        self._refused_as_a_whole(lambda: self._bucket.ask("put_object", Key=key, Body=data))

    def start(self, job: BatchJob) -> str:
        """The job's ARN. Asked again, it is the same job: its token is."""
        source, target = self._bucket.uri(job.source), self._bucket.uri(job.target)
        asked = {
            "jobName": job.name,
            "clientRequestToken": job.token,
            "roleArn": job.role,
            "modelId": MODEL,
            "inputDataConfig": {"s3InputDataConfig": {"s3Uri": source, "s3InputFormat": "JSONL"}},
            "outputDataConfig": {"s3OutputDataConfig": {"s3Uri": target}},
            "timeoutDurationInHours": HOURS,
        }
        try:
            answer = self._ask(lambda bedrock: bedrock.create_model_invocation_job(**asked))
        except NeedsUser as e:
            if code_of(e) != DENIED:
                raise
            raise NeedsUser(
                f"The AWS credentials of {self._whom} may not start a batch job with the role "
                f"{job.role}. Allow them bedrock:CreateModelInvocationJob, and iam:PassRole of "
                f"that role; {OFF}."
            ) from e
        return str(answer["jobArn"])

    def named(self, job: BatchJob) -> str | None:
        """The ARN of the job of this name; None when there is none."""
        answer = self._ask(lambda b: b.list_model_invocation_jobs(nameContains=job.name))
        found = [one["jobArn"] for one in answer.get("invocationJobSummaries", ())]
        return str(found[0]) if found else None

    def status(self, job: BatchJob) -> Status:
        try:
            answer = self._ask(lambda b: b.get_model_invocation_job(jobIdentifier=job.arn))
        except NeedsUser as e:
            match code_of(e):
                case "ResourceNotFoundException":
                    return Status("Failed", "this AWS account does not know the job any more")
                case code if code == DENIED:
                    raise NeedsUser(
                        f"The AWS credentials of {self._whom} may not look at batch jobs. Allow "
                        "them bedrock:GetModelInvocationJob."
                    ) from e
            raise
        return Status(str(answer["status"]), str(answer.get("message", "")))

    def output(self, job: BatchJob) -> Iterator[bytes]:
        """The lines of its results, of every file; the manifest has only counts."""
        # One page has 1,000: a job has fewer records, and not more files than records.
        page = self._bucket.ask("list_objects_v2", Prefix=job.target)
        for item in page.get("Contents", ()):
            if item["Key"].endswith(".jsonl.out"):
                yield from self._bucket.read(item["Key"], WHOLE).split(b"\n")

    def clear(self, job: BatchJob) -> None:
        """Deletes all that is in S3 of it. What can't be is logged: a lifecycle rule takes it."""
        self._bucket.clear(job.folder, self._deleted)

    def failure(self, status: Status) -> NeedsUser:
        """What a job that has ended without being done wants of the user."""
        if status.name == "Stopped":
            return NeedsUser(
                "A batch job was stopped in the Bedrock console. Resume to ask for what it has not "
                f"done, {OFF}."
            )
        said = " ".join(status.message.split()).rstrip(".") or "nothing"
        return NeedsUser(
            f"Amazon Bedrock gave a batch job up. It said: {said}. Let the role of batch_role "
            "trust bedrock.amazonaws.com, use the model, and read and write the bucket, then "
            f"resume; {OFF}."  # [role]
        )

    @property
    def _whom(self) -> str:
        profile = self.account.profile
        return f"the profile “{profile}”" if profile else "this computer"

    def _ask(self, call: Callable[[Any], Any]) -> Any:
        def tried() -> Any:
            return persistent(lambda: self._bedrock.ask(call), self.stop, PAUSES)

        return self._refused_as_a_whole(lambda: beside(tried, self.stop))

    def _refused_as_a_whole(self, work: Callable[[], Any]) -> Any:
        try:
            return work()
        except BadInput as e:
            raise NeedsUser(
                f"AWS refuses a batch job. Check batch_role and the bucket, {OFF}. {e}"
            ) from e
