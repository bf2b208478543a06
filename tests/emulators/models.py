"""What the control plane says of the models: which there are, and whether the account may."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tests.emulators.conditions import MODEL_ID, Conditions
from tests.emulators.errors import UNKNOWN_MODEL, Refused, invalid

OTHER = "amazon.titan-embed-text-v2:0"  # so that the one that is wanted must be looked for


def check(model_id: str, region: str, now: Conditions) -> None:
    """Raises Refused unless this model can be used from here.

    An inference profile ("us.amazon.…") is not documented for this model, and refused.
    """
    arn = f"arn:aws:bedrock:{region}::foundation-model/{MODEL_ID}"
    if model_id not in (MODEL_ID, arn) or region not in now.regions:
        raise invalid(UNKNOWN_MODEL)
    if not now.model_access:
        raise Refused("AccessDeniedException")


def listed(params: Mapping[str, Any], region: str, now: Conditions) -> dict[str, Any]:
    found = [_summary(OTHER, "Titan Text Embeddings V2", ["TEXT"], region)]
    if region in now.regions:
        found.append(_nova(region))
    wanted = {
        "byOutputModality": "outputModalities",
        "byInferenceType": "inferenceTypesSupported",
        "byCustomizationType": "customizationsSupported",
    }
    for name, member in wanted.items():
        if name in params:
            found = [model for model in found if params[name] in model[member]]
    if "byProvider" in params:
        found = [m for m in found if m["providerName"].lower() == params["byProvider"].lower()]
    return {"modelSummaries": found}


def details(params: Mapping[str, Any], region: str, now: Conditions) -> dict[str, Any]:
    asked = params["modelIdentifier"].rpartition("/")[2]
    if asked != MODEL_ID or region not in now.regions:
        raise Refused("ResourceNotFoundException", UNKNOWN_MODEL)
    return {"modelDetails": _nova(region)}


def availability(params: Mapping[str, Any], region: str, now: Conditions) -> dict[str, Any]:
    if params["modelId"] != MODEL_ID:
        raise Refused("ResourceNotFoundException", UNKNOWN_MODEL)
    here = "AVAILABLE" if region in now.regions else "NOT_AVAILABLE"
    may = "AVAILABLE" if now.model_access else "NOT_AVAILABLE"
    return {
        "modelId": MODEL_ID,
        "agreementAvailability": {"status": may},
        "authorizationStatus": "AUTHORIZED" if now.model_access else "NOT_AUTHORIZED",
        "entitlementAvailability": may,
        "regionAvailability": here,
    }


def _nova(region: str) -> dict[str, Any]:
    inputs = ["TEXT", "IMAGE", "AUDIO", "VIDEO"]
    return _summary(MODEL_ID, "Nova Multimodal Embeddings", inputs, region)


def _summary(model_id: str, name: str, inputs: list[str], region: str) -> dict[str, Any]:
    return {
        "modelArn": f"arn:aws:bedrock:{region}::foundation-model/{model_id}",
        "modelId": model_id,
        "modelName": name,
        "providerName": "Amazon",
        "inputModalities": inputs,
        "outputModalities": ["EMBEDDING"],
        "responseStreamingSupported": False,
        "customizationsSupported": [],
        "inferenceTypesSupported": ["ON_DEMAND"],
        "modelLifecycle": {"status": "ACTIVE"},
    }
