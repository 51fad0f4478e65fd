"""Everything that was learnt from an intents folder, as plain arrays that a file can keep."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import astuple, dataclass, fields

import numpy as np
import numpy.typing as npt

from bot.matching.confidence import CHOICE_SIGNS, SCOPE_SIGNS, Confidence
from bot.matching.decide import Thresholds
from bot.matching.vectoriser import Floats, Halves

VERSION = 4  # raise it whenever a fitted model of before would be read wrongly
STRANGER = "out_of_scope"  # the class of what belongs to nobody here

_NOT_FINITE = np.uint16(0x7F80)  # the exponent of what is infinite or no number
Arrays = dict[str, npt.NDArray[np.generic]]


@dataclass(frozen=True, slots=True)
class Fitted:
    """What ``fit`` learns; ``table`` is ``(features, classes)``."""

    features: tuple[str, ...]
    icf: Floats
    table: Halves
    classes: tuple[str, ...]
    words: tuple[str, ...]  # known Latin words, most frequent first
    syllables: Mapping[str, str]  # character -> how it sounds
    exact: Mapping[str, str]  # normalised phrase -> its intent
    confidence: Confidence
    thresholds: Thresholds

    def to_arrays(self) -> Arrays:
        """Plain arrays, no objects among them."""
        return {
            "version": np.array(VERSION),
            "features": _packed(self.features),
            "icf": self.icf,
            "table": self.table,
            "classes": _packed(self.classes),
            "words": _packed(self.words),
            "characters": _packed(tuple(self.syllables)),
            "sounds": _packed(tuple(self.syllables.values())),
            "exact_phrases": _packed(tuple(self.exact)),
            "exact_intents": _packed(tuple(self.exact.values())),
            "sharpness": np.array(self.confidence.sharpness),
            "inside": self.confidence.inside,
            "right": self.confidence.right,
            "thresholds": np.array(astuple(self.thresholds)),
        }

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, npt.NDArray[np.generic]]) -> Fitted:
        """The reverse; ValueError or KeyError when the arrays do not fit together."""
        if int(arrays["version"]) != VERSION:
            raise ValueError("fitted by another version")
        features, classes = _unpacked(arrays["features"]), _unpacked(arrays["classes"])
        table = np.asarray(arrays["table"])
        icf = np.asarray(arrays["icf"], np.float32)
        thresholds = np.asarray(arrays["thresholds"], np.float64)
        confidence = Confidence(
            sharpness=float(np.asarray(arrays["sharpness"], np.float64)),
            inside=np.asarray(arrays["inside"], np.float32),
            right=np.asarray(arrays["right"], np.float32),
        )
        sizes = (
            table.shape,
            icf.shape,
            confidence.inside.shape,
            confidence.right.shape,
            thresholds.shape,
        )
        wanted = (
            (len(features), len(classes)),
            (len(features),),
            (len(SCOPE_SIGNS) + 1,),
            (len(CHOICE_SIGNS) + 1,),
            (len(fields(Thresholds)),),
        )
        if sizes != wanted or table.dtype != np.uint16:
            raise ValueError("arrays of different sizes")
        if ((table & _NOT_FINITE) == _NOT_FINITE).any():
            raise ValueError("weights that are no numbers")
        characters, sounds = _unpacked(arrays["characters"]), _unpacked(arrays["sounds"])
        return cls(
            features=features,
            icf=icf,
            table=table,
            classes=classes,
            words=_unpacked(arrays["words"]),
            syllables=dict(zip(characters, sounds, strict=True)),
            exact=dict(
                zip(
                    _unpacked(arrays["exact_phrases"]),
                    _unpacked(arrays["exact_intents"]),
                    strict=True,
                )
            ),
            confidence=confidence,
            thresholds=Thresholds(*map(float, thresholds)),
        )


def _packed(words: tuple[str, ...]) -> npt.NDArray[np.generic]:
    return np.frombuffer("\n".join(words).encode(), np.uint8)


def _unpacked(array: npt.NDArray[np.generic]) -> tuple[str, ...]:
    text = array.tobytes().decode()
    return tuple(text.split("\n")) if text else ()
