"""A fitted matcher is read back when it is the right one, and fitted anew when anything is odd."""

from __future__ import annotations

import os
import pickle
from pathlib import Path

import numpy as np
import pytest

from bot import cache
from bot.cache import fitted
from bot.content.library import IntentSet
from bot.content.load import load_intents
from bot.matching.fit import Progress, quiet
from bot.matching.fit import fit as real_fit
from bot.matching.fitted import Fitted

NAMES = ("freeze", "balance", "transfer")
_PHRASES = ("{} please", "{} now", "I want the {}", "could you do the {} for me")


@pytest.fixture(scope="module")
def intents(tmp_path_factory: pytest.TempPathFactory) -> IntentSet:
    return written(tmp_path_factory.mktemp("intents"), *NAMES)


@pytest.fixture(scope="module")
def known(intents: IntentSet) -> Fitted:
    return real_fit(intents)


def written(folder: Path, *names: str) -> IntentSet:
    for name in names:
        phrases = "".join(f"    - {phrase.format(name)}\n" for phrase in _PHRASES)
        text = f"id: {name}\nphrases:\n  en:\n{phrases}"
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return load_intents(folder)


class Fits:
    """Counts the fits and gives each the same result, so that a test takes no time."""

    def __init__(self, known: Fitted) -> None:
        self.count = 0
        self._known = known

    def __call__(self, _intents: IntentSet, _progress: Progress = quiet) -> Fitted:
        self.count += 1
        return self._known


@pytest.fixture
def fits(known: Fitted, monkeypatch: pytest.MonkeyPatch) -> Fits:
    counted = Fits(known)
    monkeypatch.setattr(cache, "fit", counted)
    return counted


def only_file(folder: Path) -> Path:
    (path,) = folder.iterdir()
    return path


def test_a_second_start_reads_what_the_first_fitted(
    intents: IntentSet, tmp_path: Path, fits: Fits, known: Fitted
) -> None:
    folder = tmp_path / "not" / "there" / "yet"
    fitted(intents, folder)
    again = fitted(intents, folder)
    assert fits.count == 1
    arrays = known.to_arrays()
    for name, array in again.to_arrays().items():
        assert np.array_equal(array, arrays[name]), name


def test_changed_content_is_fitted_anew(tmp_path: Path, fits: Fits) -> None:
    content = tmp_path / "content"
    content.mkdir()
    fitted(written(content, *NAMES), tmp_path / "cache")
    with (content / "freeze.yaml").open("a", encoding="utf-8") as file:
        file.write("# a word more\n")
    fitted(load_intents(content), tmp_path / "cache")
    assert fits.count == 2


@pytest.mark.parametrize("kept", [0, 1, 100, 5000], ids=lambda kept: f"{kept} bytes left")
def test_a_truncated_file_is_fitted_anew_and_replaced(
    intents: IntentSet, tmp_path: Path, fits: Fits, kept: int
) -> None:
    fitted(intents, tmp_path)
    path = only_file(tmp_path)
    whole = path.read_bytes()
    path.write_bytes(whole[:kept])
    fitted(intents, tmp_path)
    assert fits.count == 2
    fitted(intents, tmp_path)
    assert fits.count == 2


def test_a_file_of_something_else_is_fitted_anew(
    intents: IntentSet, tmp_path: Path, fits: Fits
) -> None:
    fitted(intents, tmp_path)
    path = only_file(tmp_path)
    for foreign in (b"hello", b"PK\x03\x04", b"\x00" * 1000):
        path.write_bytes(foreign)
        fitted(intents, tmp_path)
    with path.open("wb") as file:
        np.savez(file, table=np.zeros(3))
    fitted(intents, tmp_path)
    assert fits.count == 5


def test_a_fit_of_other_intents_under_our_name_is_fitted_anew(
    intents: IntentSet, tmp_path: Path, fits: Fits
) -> None:
    fitted(intents, tmp_path / "ours")
    content = tmp_path / "content"
    content.mkdir()
    others = real_fit(written(content, "report", *NAMES[1:]))
    with only_file(tmp_path / "ours").open("wb") as file:
        np.savez(file, **others.to_arrays())  # type: ignore[arg-type]
    read = fitted(intents, tmp_path / "ours")
    assert fits.count == 2
    assert "report" not in read.classes


class Planted:
    """Whoever unpickles this has run somebody else's code."""

    ran = False

    def __reduce__(self) -> tuple[object, tuple[type, str, bool]]:
        return setattr, (Planted, "ran", True)


def test_a_pickle_in_the_cache_is_not_run(intents: IntentSet, tmp_path: Path, fits: Fits) -> None:
    fitted(intents, tmp_path)
    path = only_file(tmp_path)
    path.write_bytes(pickle.dumps(Planted()))
    fitted(intents, tmp_path)
    with path.open("wb") as file:
        np.savez(file, table=np.array([Planted()], dtype=object))
    fitted(intents, tmp_path)
    assert fits.count == 3
    assert not Planted.ran


def test_what_is_kept_has_no_objects_in_it(intents: IntentSet, tmp_path: Path, fits: Fits) -> None:
    fitted(intents, tmp_path)
    with np.load(only_file(tmp_path), allow_pickle=False) as arrays:
        assert all(arrays[name].dtype != object for name in arrays.files)
    assert fits.count == 1


def test_a_folder_that_cannot_be_written_costs_time_only(
    intents: IntentSet, tmp_path: Path, fits: Fits
) -> None:
    occupied = tmp_path / "file"
    occupied.write_text("no folder")
    assert fitted(intents, occupied / "cache").classes == fitted(intents, occupied).classes
    assert fits.count == 2
    assert occupied.read_text() == "no folder"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_without_the_right_to_write_costs_time_only(
    intents: IntentSet, tmp_path: Path, fits: Fits
) -> None:
    tmp_path.chmod(0o500)
    fitted(intents, tmp_path)
    fitted(intents, tmp_path)
    assert fits.count == 2


def test_a_disk_that_fills_up_leaves_nothing_half_written(
    intents: IntentSet, tmp_path: Path, fits: Fits, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(np, "savez", full)
    fitted(intents, tmp_path)
    assert fits.count == 1
    assert list(tmp_path.iterdir()) == []


def test_old_fits_are_thrown_away(intents: IntentSet, tmp_path: Path, fits: Fits) -> None:
    for number in range(20):
        path = tmp_path / f"{number}.npz"
        path.write_bytes(b"")
        os.utime(path, (number, number))
    fitted(intents, tmp_path)
    assert fits.count == 1
    left = {path.name for path in tmp_path.iterdir()}
    assert len(left) < 10
    assert "19.npz" in left
    assert "0.npz" not in left
