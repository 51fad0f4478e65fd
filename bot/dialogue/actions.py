"""What a button does, as short text that means the same after a restart (64 bytes at most)."""

from __future__ import annotations

from dataclasses import dataclass

_MOST = 64  # Telegram's limit for callback data


@dataclass(frozen=True, slots=True)
class Show:
    """An intent's answer, or one ``case`` of it."""

    intent: str
    case: str | None = None


@dataclass(frozen=True, slots=True)
class ShowArticle:
    """A law article by id, ``social_insurance_law/26``."""

    article: str


@dataclass(frozen=True, slots=True)
class ShowGroup:
    """The questions of a group, from number ``start`` on."""

    group: str
    start: int = 0


@dataclass(frozen=True, slots=True)
class ShowMenu:
    """All groups of questions."""


@dataclass(frozen=True, slots=True)
class NoneOfThese:
    """No choice fits."""


@dataclass(frozen=True, slots=True)
class NotMeant:
    """The answer was to another question."""


@dataclass(frozen=True, slots=True)
class Rate:
    """Whether an intent's answer ``helped``."""

    intent: str
    helped: bool


@dataclass(frozen=True, slots=True)
class SetLanguage:
    """``en``, ``zh``, or ``auto``: as the person writes."""

    lang: str


@dataclass(frozen=True, slots=True)
class Adjust:
    """A ``part`` of the settings to a ``value``; without, what there is to set."""

    part: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True)
class AskPlace:
    """A choice of the places where something holds for an intent's answer."""

    intent: str


@dataclass(frozen=True, slots=True)
class SetPlace:
    """The region that the person speaks of; None forgets it."""

    place: str | None


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A place that was not among the choice."""


Action = (
    Show
    | ShowArticle
    | ShowGroup
    | ShowMenu
    | NoneOfThese
    | NotMeant
    | Rate
    | SetLanguage
    | Adjust
    | AskPlace
    | SetPlace
    | Elsewhere
)


def pack(action: Action) -> str:
    """The text of ``action``."""
    match action:
        case Show(intent, None):
            packed = f"a:{intent}"
        case Show(intent, case):
            packed = f"a:{intent}:{case}"
        case ShowArticle(article):
            packed = f"l:{article}"
        case ShowGroup(group, start):
            packed = f"g:{group}:{start}"
        case ShowMenu():
            packed = "menu"
        case NoneOfThese():
            packed = "none"
        case NotMeant():
            packed = "not"
        case Rate(intent, helped):
            packed = f"f:{'y' if helped else 'n'}:{intent}"
        case SetLanguage(lang):
            packed = f"v:{lang}"
        case Adjust(part, value):
            packed = ":".join(filter(None, ("s", part, value)))
        case AskPlace(intent):
            packed = f"w:{intent}"
        case SetPlace(place):
            packed = f"p:{place or ''}"
        case Elsewhere():
            packed = "elsewhere"
    if len(packed.encode()) > _MOST:
        raise ValueError(f"{packed!r} is longer than {_MOST} bytes; shorten the ids in it")
    return packed


def unpack(packed: str) -> Action | None:
    """The action of a button's text; None when it is none of ours."""
    match packed.split(":"):
        case ["a", intent]:
            return Show(intent)
        case ["a", intent, case]:
            return Show(intent, case)
        case ["l", article]:
            return ShowArticle(article)
        case ["g", group, start] if start.isascii() and start.isdigit() and len(start) < 4:
            return ShowGroup(group, int(start))
        case ["menu"]:
            return ShowMenu()
        case ["none"]:
            return NoneOfThese()
        case ["not"]:
            return NotMeant()
        case ["f", ("y" | "n") as helped, intent]:
            return Rate(intent, helped == "y")
        case ["v", ("en" | "zh" | "auto") as lang]:
            return SetLanguage(lang)
        case ["s"]:
            return Adjust()
        case ["s", part] if part:
            return Adjust(part)
        case ["s", part, value] if part and value:
            return Adjust(part, value)
        case ["w", intent]:
            return AskPlace(intent)
        case ["p", place]:
            return SetPlace(place or None)
        case ["elsewhere"]:
            return Elsewhere()
    return None
