"""The rule that deletes what was forgotten in the user's bucket, among the rules that are there."""

from __future__ import annotations

from typing import Any

# A result that was paid for outlives a computer that is off for two weeks.
EXPIRE_DAYS = 14
ABORT_DAYS = 1  # of uploads that were left; one that goes on later begins anew


def rule_for(prefix: str) -> dict[str, Any]:
    """Our rule of the bucket's lifecycle. It knows the prefix, and touches nothing beside it."""
    return {
        "ID": f"Nova Desktop: {prefix}"[:255],  # at most, "PutBucketLifecycleConfiguration"
        "Filter": {"Prefix": prefix},
        "Status": "Enabled",
        "Expiration": {"Days": EXPIRE_DAYS},
        "NoncurrentVersionExpiration": {"NoncurrentDays": 1},  # where the bucket keeps versions
        "AbortIncompleteMultipartUpload": {"DaysAfterInitiation": ABORT_DAYS},
    }


def with_ours(rules: list[dict[str, Any]], prefix: str) -> list[dict[str, Any]]:
    """The bucket's rules with ours, in their order. S3 takes all of them together or none.

    Old rules have their prefix outside a filter; S3 refuses a mixture, and both mean the same.
    """
    ours = rule_for(prefix)
    kept = []
    for rule in rules:
        if "Prefix" in rule and "Filter" not in rule:
            rest = {key: value for key, value in rule.items() if key != "Prefix"}
            kept.append({**rest, "Filter": {"Prefix": rule["Prefix"]}})
        else:
            kept.append(ours if rule.get("ID") == ours["ID"] else rule)
    return kept if ours in kept else [*kept, ours]
