"""What was left in the user's bucket: counted and removed under our prefix, and nowhere else."""

from __future__ import annotations

import threading

import pytest

from nova_desktop import compose_aws
from nova_desktop.aws.errors import Account
from nova_desktop.engines import s3_left
from nova_desktop.engines.s3_left import Left
from nova_desktop.errors import BadInput, NeedsUser
from nova_desktop.settings import Settings


@pytest.fixture
def filled(aws):
    """A bucket in which things of ours and of others lie, and an upload that was cut short."""
    for key, size in (("nova-desktop/in/a.mp4", 1000), ("nova-desktop/out/b.json", 50)):
        aws.s3.put_object(Bucket=aws.bucket, Key=key, Body=b"x" * size)
    aws.s3.put_object(Bucket=aws.bucket, Key="holiday/c.jpg", Body=b"mine")
    aws.s3.put_object(Bucket=aws.bucket, Key="nova-desktop-of-others/d", Body=b"mine")
    aws.s3.create_multipart_upload(Bucket=aws.bucket, Key="nova-desktop/in/cut.mp4")
    return aws


def keys(aws) -> set[str]:
    listed = aws.s3.list_objects_v2(Bucket=aws.bucket).get("Contents", [])
    return {item["Key"] for item in listed}


def test_only_what_is_ours_is_counted_and_removed(filled):
    chosen = Settings(bucket=filled.bucket)
    assert compose_aws.left(chosen) == Left(2, 1050)
    assert compose_aws.remove_left(chosen) == Left(2, 1050)
    assert keys(filled) == {"holiday/c.jpg", "nova-desktop-of-others/d"}
    assert not filled.s3.list_multipart_uploads(Bucket=filled.bucket).get("Uploads")
    assert compose_aws.left(chosen) == (0, 0)


def test_without_a_bucket_nobody_is_asked(monkeypatch):
    monkeypatch.setattr(s3_left, "left", lambda *_: pytest.fail("there is nowhere to look"))
    assert compose_aws.left(Settings()) == (0, 0)
    assert compose_aws.remove_left(Settings()) == (0, 0)


@pytest.mark.parametrize("prefix", ["", "/", "nova-desktop"])
def test_a_prefix_that_would_mean_the_whole_bucket_is_refused(filled, prefix):
    with pytest.raises(BadInput, match="bucket_prefix"):
        s3_left.remove(Account(), filled.bucket, prefix, threading.Event())
    assert len(keys(filled)) == 4


def test_what_can_not_be_deleted_is_said(filled, monkeypatch):
    monkeypatch.setattr(s3_left.Bucket, "clear", lambda *_: None)
    with pytest.raises(NeedsUser, match=r"2 objects in s3://.* could not be deleted"):
        compose_aws.remove_left(Settings(bucket=filled.bucket))
