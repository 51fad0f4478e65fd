"""What is told of an answer or of an article: made once for a day, a language and a place."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from bot.content.library import Library
from bot.content.model import Lang
from bot.dialogue import followup, quick
from bot.dialogue.compose import answer_blocks, article_blocks, checklist_blocks, law_blocks
from bot.dialogue.places import holding, knowing
from bot.dialogue.turn import Note, Reply
from bot.dialogue.words import Words

ANSWERS = 1024  # kept: to make one takes 0.1 ms; 10 MB


class Told:
    """Replies that depend on nobody in particular."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._local = {each for each in library.intent_set.intents if knowing(library, each)}
        self.answer = lru_cache(maxsize=ANSWERS)(self._answer)
        self.article = lru_cache(maxsize=ANSWERS)(self._article)

    def _answer(
        self,
        lang: Lang,
        intent: str,
        case: str | None,
        part: followup.Facet | None,
        also: tuple[str, ...],
        place: str | None,
        today: date,
    ) -> Reply:
        library, words = self._library, Words(self._library, lang)
        answer = library.answers[library.intent_set.intents[intent].answer_id]
        chosen = next((one for one in answer.cases if one.id == case), None)
        held = holding(library, place, intent)
        match part:
            case "bring":
                blocks = checklist_blocks(words, answer, chosen, held)
            case "law":
                blocks = law_blocks(library, words, answer)
            case _:
                blocks = answer_blocks(library, words, answer, chosen, held, today)
        matters = place is None and intent in self._local
        buttons = quick.after_answer(
            library, words, intent, answer, case, list(also), place_matters=matters
        )
        return Reply(lang, tuple(blocks), buttons, "answered", intent, 1.0)

    def _article(self, lang: Lang, article: str) -> Reply:
        library, words = self._library, Words(self._library, lang)
        blocks = article_blocks(library, words, article)
        buttons = quick.resting_on(library, words, article)
        if buttons:
            blocks.append(Note(words("article_answers")))
        return Reply(lang, tuple(blocks), buttons, "answered", None, 1.0)
