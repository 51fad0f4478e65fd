"""What is logged, how and from which level on; configured here and nowhere else."""

from __future__ import annotations

import logging
import sys
from typing import Literal

import structlog

LogFormat = Literal["console", "json"]


def configure_logs(level: str, form: LogFormat | None = None) -> None:
    """Lines on standard error: for people at a terminal, else one JSON object a line.

    ``level`` is DEBUG, INFO, WARNING or ERROR; it holds for the libraries' own loggers too, which
    say nothing below WARNING: there they print addresses, and Telegram's hold the token.
    """
    chosen = form or ("console" if sys.stderr.isatty() else "json")
    number = logging.getLevelNamesMapping()[level]
    renderer: structlog.typing.Processor = (
        structlog.dev.ConsoleRenderer()
        if chosen == "console"
        else structlog.processors.JSONRenderer(ensure_ascii=False)
    )
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(number),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
    logging.basicConfig(
        level=max(number, logging.WARNING), stream=sys.stderr, format="%(levelname)s %(message)s"
    )
