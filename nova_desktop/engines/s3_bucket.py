"""The user's bucket: what is done with its objects, again where that helps, until a stop."""

from __future__ import annotations

import logging
import re
import threading
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

from nova_desktop.aws.client import Service
from nova_desktop.aws.errors import code_of
from nova_desktop.aws.stopping import Pauses, beside, persistent
from nova_desktop.engines.aws_bucket import elsewhere
from nova_desktop.errors import ExpectedError, NeedsUser, TryLater

log = logging.getLogger(__name__)

GONE = frozenset({"NoSuchKey", "NoSuchUpload", "404"})  # S3 API reference, "Error responses"
# Bedrock's service model, S3Uri; also what S3 takes as a bucket's name.
URI = re.compile(r"s3://[a-z0-9][.\-a-z0-9]{1,61}[a-z0-9](/.*)?", re.DOTALL)
URI_CHARACTERS = 1024  # the same
OLD_NAMES = {"": "us-east-1", "EU": "eu-west-1"}  # S3 API reference, GetBucketLocation

T = TypeVar("T")


class Bucket:
    """One bucket of one account; any thread. All of it raises as `aws.errors` says, and Stopped."""

    def __init__(self, s3: Service, name: str, stop: threading.Event, pauses: Pauses) -> None:
        self.name, self.stop, self.pauses = name, stop, pauses
        self._s3 = s3

    def uri(self, key: str) -> str:
        uri = f"s3://{self.name}/{key}"
        if not URI.fullmatch(uri) or len(uri) > URI_CHARACTERS:
            raise NeedsUser(
                f"“{self.name}” can't be the name of an S3 bucket, or the prefix in it is too "
                "long. Choose another one in Settings."
            )
        return uri

    def once(self, operation: str, **more: Any) -> Any:
        """The answer to one request, of this thread."""
        return self._s3.ask(lambda client: getattr(client, operation)(Bucket=self.name, **more))

    def ask(self, operation: str, **more: Any) -> Any:
        """The answer, asked for again where that helps."""
        return self._try(lambda: self.once(operation, **more))

    def check_region(self) -> None:
        """Raises NeedsUser unless it is where the model is asked: Amazon's announcement says so."""
        region = self._s3.ask(lambda client: client.meta.region_name)
        found = self.ask("get_bucket_location").get("LocationConstraint") or ""
        if (found := OLD_NAMES.get(found, found)) != region:
            raise NeedsUser(elsewhere(self.name, found, region))

    def size(self, key: str) -> int | None:
        """Bytes of an object; None when there is none."""
        try:
            return int(self.ask("head_object", Key=key)["ContentLength"])
        except TryLater as e:
            if is_gone(e):
                return None
            raise

    def read(self, key: str, most: int) -> bytes:
        """An object, of which no more than `most` bytes are read."""

        def get() -> bytes:
            def body(client: Any) -> bytes:
                with client.get_object(Bucket=self.name, Key=key)["Body"] as stream:
                    return bytes(stream.read(most))

            return self._s3.ask(body)

        return self._try(get)

    def clear(self, folder: str, deleted: Callable[[str], None]) -> None:
        """Deletes every object below `folder` and ends every upload there; tells their uris.

        What can't be deleted is logged; raises Stopped alone.
        """
        for found, one in (
            (self._uploads, "abort_multipart_upload"),
            (self._objects, "delete_object"),
        ):
            try:
                for item in list(found(folder)):
                    self.ask(one, **item)
                    deleted(self.uri(item["Key"]))
            except ExpectedError as e:
                if self.stop.is_set():
                    raise
                log.warning("Something is left in %s: %s", self.uri(folder), e)

    def _objects(self, folder: str) -> Iterator[dict[str, str]]:
        more: dict[str, str] = {}
        while True:
            page = self.ask("list_objects_v2", Prefix=folder, **more)
            yield from ({"Key": item["Key"]} for item in page.get("Contents", ()))
            if not page.get("IsTruncated"):
                return
            more = {"ContinuationToken": page["NextContinuationToken"]}

    def _uploads(self, folder: str) -> Iterator[dict[str, str]]:
        # One page holds 1,000, and a folder has one or two.
        page = self.ask("list_multipart_uploads", Prefix=folder)
        for item in page.get("Uploads", ()):
            if item["Key"].startswith(folder):
                yield {"Key": item["Key"], "UploadId": item["UploadId"]}

    def _try(self, work: Callable[[], T]) -> T:
        def tried() -> T:
            return persistent(work, self.stop, self.pauses, is_gone)

        return beside(tried, self.stop)


def is_gone(error: TryLater) -> bool:
    """Whether what was asked for is not there: asking again will not bring it back."""
    return code_of(error) in GONE
