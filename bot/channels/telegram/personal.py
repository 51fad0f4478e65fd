"""What somebody should not go on telling in front of a group. Pure."""

from __future__ import annotations

import re

from bot.dialogue.privacy import mask

# About oneself: "my father's card", 我妈的卡. But "what do I bring" and 我要带什么
# ask for a rule.
_ONESELF = re.compile(
    r"\b(?:my|mine|me|our|ours|i'm|i’m|i've|i’ve|i am|i have|i was|i had)\b"
    r"|[我俺咱](?!们?(?:要|该|想|能|得|应|可以|怎|需|去哪|该不该|带))",
    re.IGNORECASE,
)


def is_personal(text: str, *, follows: bool) -> bool:
    """Whether a message in a group belongs into the private chat.

    That is: one with a personal number in it, and one that ``follows`` an answer of ours and tells
    of the person who asks. A first question may well say "my card": it gets the general answer.
    """
    return mask(text).any or (follows and _ONESELF.search(text) is not None)
