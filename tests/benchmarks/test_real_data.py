"""On the real data, where it is at hand, a peer gives the figure it is known for."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.matching.accuracy import FEW, measure
from benchmarks.matching.datasets import DataSet, read_sets
from benchmarks.matching.peers import fuzzy

DATA = Path(__file__).parents[3] / "shared" / "data"


@pytest.fixture(scope="module")
def clinc() -> DataSet:
    if not DATA.is_dir():
        pytest.skip("the data sets are not at ../shared/data: they do not ship with the project")
    return read_sets(DATA)[0]


def test_the_splits_have_their_published_sizes(clinc: DataSet) -> None:
    sizes = [len(part) for part in (clinc.train, clinc.test, clinc.valid, clinc.strangers)]
    assert sizes == [15_000, 4_500, 3_000, 1_000]


def test_the_nearest_phrase_by_qratio_is_right_as_often_as_measured_before(clinc: DataSet) -> None:
    qratio = next(peer for peer in fuzzy.PEERS if peer.name.endswith("QRatio"))
    (row,) = measure(clinc, FEW, 0, qratio)
    assert row["right"][0] == pytest.approx(0.553, abs=0.02)
