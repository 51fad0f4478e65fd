"""Figures for Prometheus: counts and times, no chat, no update id, no word."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from bot.storage.store import Store

# Below a second a person is content; Telegram's own latency is some 50 ms.
BUCKETS_S = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0)


class Metrics:
    """A Meter with a page. Its own registry: two bots in one process count apart."""

    content_type = "text/plain; version=0.0.4; charset=utf-8"

    def __init__(self, store: Store) -> None:
        self._registry = CollectorRegistry()
        self._updates = Counter(
            "shebao_updates", "Updates done with", ("outcome",), registry=self._registry
        )
        self._replies = Counter("shebao_replies", "Replies sent", registry=self._registry)
        self._errors = Counter("shebao_errors", "Errors", ("kind",), registry=self._registry)
        self._seconds = Histogram(
            "shebao_update_seconds",
            "From an update's arrival to its reply sent",
            buckets=BUCKETS_S,
            registry=self._registry,
        )
        storage = Gauge("shebao_storage_up", "1 while the store works", registry=self._registry)
        storage.set_function(lambda: float(not store.trouble))

    def update(self, outcome: str, seconds: float) -> None:
        """See Meter."""
        self._updates.labels(outcome).inc()
        self._seconds.observe(seconds)
        if outcome == "answered":
            self._replies.inc()

    def failure(self, kind: str) -> None:
        """See Meter."""
        self._errors.labels(kind).inc()

    def page(self) -> bytes:
        """What /metrics shows."""
        return generate_latest(self._registry)
