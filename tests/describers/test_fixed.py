"""The describer that tests are made with."""

from __future__ import annotations

import pytest

from nova_desktop.model import Modality, Piece
from tests.contracts.describer import SPAN, DescriberContract
from tests.fakes import FixedDescriber, picture_of


class TestFixedDescriber(DescriberContract):
    @pytest.fixture
    def describer(self):
        return FixedDescriber()

    @pytest.fixture
    def telling(self):
        return Piece(Modality.IMAGE, "image/png", picture_of("red"), SPAN)

    @pytest.fixture
    def silent(self):
        return Piece(Modality.IMAGE, "image/png", b" ", SPAN)

    @pytest.fixture
    def damaged(self):
        return Piece(Modality.IMAGE, "image/png", b"", SPAN)
