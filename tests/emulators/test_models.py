"""What the control plane says of the model and of the account's access."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import boto3
import pytest

from tests.emulators.bedrock import Bedrock
from tests.emulators.conditions import MODEL_ID
from tests.emulators.fixtures import ONCE, Aws
from tests.emulators.samples import refusal


def listed(control: Any, **query: str) -> list[str]:
    return [one["modelId"] for one in control.list_foundation_models(**query)["modelSummaries"]]


def test_the_model_is_listed_among_others(aws: Aws) -> None:
    assert MODEL_ID in listed(aws.control)
    assert len(listed(aws.control)) > 1
    assert MODEL_ID in listed(aws.control, byOutputModality="EMBEDDING", byProvider="amazon")
    assert listed(aws.control, byOutputModality="TEXT") == []
    assert listed(aws.control, byInferenceType="PROVISIONED") == []
    assert listed(aws.control, byProvider="Somebody") == []
    assert listed(aws.control, byCustomizationType="FINE_TUNING") == []


def test_the_model_has_details(aws: Aws) -> None:
    details = aws.control.get_foundation_model(modelIdentifier=MODEL_ID)["modelDetails"]
    assert details["modelArn"] == f"arn:aws:bedrock:us-east-1::foundation-model/{MODEL_ID}"
    assert details["outputModalities"] == ["EMBEDDING"]
    assert details["modelLifecycle"]["status"] == "ACTIVE"
    told = refusal(lambda: aws.control.get_foundation_model(modelIdentifier="amazon.other-v1:0"))
    assert told[:2] == (404, "ResourceNotFoundException")


@pytest.mark.parametrize("access", [True, False])
def test_availability_says_whether_the_account_may(
    aws: Aws, bedrock: Bedrock, access: bool
) -> None:
    bedrock.conditions = replace(bedrock.conditions, model_access=access)
    found = aws.control.get_foundation_model_availability(modelId=MODEL_ID)
    assert found["authorizationStatus"] == ("AUTHORIZED" if access else "NOT_AUTHORIZED")
    assert found["agreementAvailability"]["status"] == ("AVAILABLE" if access else "NOT_AVAILABLE")
    assert found["regionAvailability"] == "AVAILABLE"


def test_another_region_does_not_have_the_model(bedrock: Bedrock) -> None:
    session = boto3.Session("testing", "testing", region_name="eu-west-1")
    control = session.client("bedrock", config=ONCE)
    assert bedrock.url == control.meta.endpoint_url  # by the environment alone
    assert MODEL_ID not in listed(control)
    found = control.get_foundation_model_availability(modelId=MODEL_ID)
    assert found["regionAvailability"] == "NOT_AVAILABLE"
    control.close()
