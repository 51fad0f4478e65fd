"""Each section of docs/benchmarks.md: findings in, tables out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from benchmarks.matching import ablation, constants, long, project, speed, weight
from benchmarks.matching.accuracy import FEW, FULL
from benchmarks.matching.figures import calibration_error
from benchmarks.matching.peers.ours import NAME
from benchmarks.matching.plan import Results, Row
from benchmarks.matching.tables import levels, mean, names, number, percent, table, where

_WRATIO = "rapidfuzz WRatio"
_MISTAKES = {"smpoos": ("1 homophone", "2 homophones")}
_TITLES = {"clinc150": "CLINC150", "banking77": "BANKING77", "smpoos": "smpoos (Chinese)"}
_LANGS = ("zh", "en")


def few(results: Results) -> Iterator[str]:
    """A table for each data set."""
    for data in names(results[FEW], "data"):
        rows = where(results[FEW], data=data)
        yield f"### {_TITLES[data]}"
        yield table(
            ["matcher", "clean", *_MISTAKES.get(data, ("1 typo", "2 typos"))],
            ([name, *levels(where(rows, matcher=name))] for name in names(rows)),
        )


def full(results: Results) -> Iterator[str]:
    """All data sets in one table."""
    rows = results[FULL]
    sets = names(rows, "data")
    yield table(
        ["clean; 1; 2 mistakes", *(_TITLES[data] for data in sets)],
        (
            [name, *("; ".join(levels(where(rows, matcher=name, data=data))) for data in sets)]
            for name in names(rows)
        ),
    )


def scope(results: Results) -> Iterator[str]:
    """AUROC and refusals of the sets that have messages out of scope."""
    rows = [row for row in results[FEW] if "auroc" in row]
    columns = [(data, key) for data in names(rows, "data") for key in ("auroc", "refused")]
    heads = {"auroc": "AUROC", "refused": "refused"}
    yield table(
        ["matcher", *(f"{_TITLES[data]}, {heads[key]}" for data, key in columns)],
        (
            [name, *(percent(mean(where(rows, matcher=name, data=d), k)) for d, k in columns)]
            for name in names(rows)
        ),
    )


def project_questions(results: Results) -> Iterator[str]:
    """This matcher in detail, then every matcher, for each list of questions."""
    detail = results[project.DETAIL]
    everyone = [row for row in [*detail, *results.get(project.PEERS, ())] if "matcher" in row]
    heads = ["", "asked", "first right", "right in full", "right or offered", "wrong in full"]
    heads += ["refused", "strangers", "answered in full", "turned away"]
    shown = {"first": "first right", "auroc": "AUROC", "full": "right in full at 3 %"}
    columns = [(lang, key) for lang in _LANGS for key in shown]
    for name in names(detail, "list"):
        yield f"### {name}"
        yield table(heads, [_counts(row) for row in where(detail, list=name) if "part" in row])
        rows = where(everyone, list=name)
        yield table(
            ["matcher", *(f"{lang}, {shown[key]}" for lang, key in columns)],
            (
                [one, *(percent(mean(where(rows, matcher=one, lang=g), k)) for g, k in columns)]
                for one in names(rows)
            ),
        )


def _counts(row: Row) -> list[str]:
    asked, strangers = row["asked"], row["strangers"]
    of_asked = [row["first"], row["right"], row["right"] + row["offered"], row["wrong"]]
    return [
        row["part"].removeprefix("lang ").removeprefix("group "),
        str(asked or ""),
        *(percent(count / asked) if asked else "" for count in (*of_asked, row["refused"])),
        str(strangers or ""),
        *(percent(row[key] / strangers) if strangers else "" for key in ("let_in", "turned_away")),
    ]


def calibration(results: Results) -> Iterator[str]:
    """The calibration error of each matcher whose score is meant as a probability."""
    rows = [row for row in results[FEW] if "bins" in row]
    for section in (project.DETAIL, project.PEERS):
        found = [row for row in results.get(section, ()) if "bins" in row]
        rows += [{**row, "data": f"{row['list']}, {row['lang']}"} for row in found]
    sets = names(rows, "data")

    def gap(row: Row) -> float:
        return calibration_error(row["bins"])

    yield table(
        ["matcher", *(_TITLES.get(data, data) for data in sets)],
        (
            [name, *(percent(mean(where(rows, matcher=name, data=data), gap)) for data in sets)]
            for name in names(rows)
        ),
    )


def latency(results: Results) -> Iterator[str]:
    """Ratios to WRatio, and milliseconds, for each length of turn."""
    rows = results[speed.LATENCY]
    keys = ("p50_ms", "p99_ms")

    def line(name: str, turn: int) -> list[str]:
        cells = [name]
        for mistakes in (0, 2):
            own = where(rows, matcher=name, mistakes=mistakes, turn=turn)[0]
            base = where(rows, matcher=_WRATIO, mistakes=mistakes, turn=turn)[0]
            cells += [f"{own[key] / base[key]:.3f}" for key in keys]
            cells += [number(own[key]) for key in keys]
        return cells

    columns = ("p50 ratio", "p99 ratio", "p50 ms", "p99 ms")
    heads = [f"{noise}, {what}" for noise in ("clean", "2 typos") for what in columns]
    for turn in sorted(names(rows, "turn")):
        first = f"{turn} in a row" if turn > 1 else "one in turn"
        yield table([first, *heads], [line(name, turn) for name in names(rows)])


def growth(results: Results) -> Iterator[str]:
    """Milliseconds and seconds to fit by number of phrases."""
    rows = results[speed.GROWTH]
    sizes = sorted(names(rows, "phrases"))

    def line(name: str) -> list[str]:
        own = {row["phrases"]: row for row in where(rows, matcher=name)}
        cells = [
            [number(own[size][key]) if size in own else "" for size in sizes]
            for key in ("p50_ms", "fit_s")
        ]
        last, first = own.get(sizes[-1]), own[sizes[0]]
        factor = f"{last['p50_ms'] / first['p50_ms']:.2f}" if last else ""
        return [name, *cells[0], factor, *cells[1]]

    heads = [[f"{size:,}, {what}" for size in sizes] for what in ("p50 ms", "fit s")]
    yield table(["matcher", *heads[0], "last / first", *heads[1]], map(line, names(rows)))


def long_messages(results: Results) -> Iterator[str]:
    """Milliseconds by kind, this matcher first."""
    rows = results[long.SECTION]
    heads = {"p50_ms": "p50 ms", "max_ms": "max ms", "cpu_max_ms": "max ms of CPU"}
    columns = [(NAME, key) for key in heads]
    columns += [(n, key) for n in names(rows) if n != NAME for key in ("p50_ms", "max_ms")]
    yield table(
        ["kind", *(f"{name}, {heads[key]}" for name, key in columns)],
        (
            [kind, *(number(where(rows, kind=kind, matcher=n)[0][key]) for n, key in columns)]
            for kind in names(rows, "kind")
        ),
    )


def weights(results: Results) -> Iterator[str]:
    """Time to fit, memory, room on disk."""
    fits = [where(results.get(section, ()), data="clinc150") for section in (FEW, FULL)]

    def line(row: Row) -> list[str]:
        own = (where(rows, matcher=row["matcher"]) for rows in fits)
        times = [number(mean(rows, "fit_s")) for rows in own]
        return [row["matcher"], *times, f"{row['peak_mb']:.0f}", f"{row['installed_mb']:.0f}"]

    heads = ["matcher", "fit few10 s", "fit full s", "peak memory MB", "installed MB"]
    yield table(heads, map(line, results[weight.SECTION]))
    own = [row for row in results.get(project.DETAIL, ()) if "fit_s" in row]
    if own:
        yield f"Fitting {NAME} on the project's own content took {own[0]['fit_s']:.1f} s."


def parts(results: Results) -> Iterator[str]:
    """The ablation: on the data sets, then on each list of questions."""
    rows = results[ablation.FEW_SECTION]
    sets = names(rows, "data")
    yield table(
        ["few10: clean; 2 mistakes; AUROC", *(_TITLES[data] for data in sets)],
        (
            [name, *(_on_data(where(rows, matcher=name, data=data)) for data in sets)]
            for name in names(rows)
        ),
    )
    own = results.get(ablation.PROJECT_SECTION, [])
    for name in names(own, "list"):
        yield table(
            [f"{name}: first; AUROC; right, wrong in full; strangers let in", *_LANGS],
            (
                [one, *(_on_list(where(own, list=name, matcher=one, lang=g)) for g in _LANGS)]
                for one in names(own)
            ),
        )
    gone = {
        f"- {row['matcher']}: not measured, {row['gone']}" for row in rows + own if "gone" in row
    }
    if gone:
        yield "\n".join(sorted(gone))


def _on_data(rows: Sequence[Row]) -> str:
    found = levels(rows)
    return "; ".join(filter(None, (*found[:1], *found[2:], percent(mean(rows, "auroc")))))


def _on_list(rows: Sequence[Row]) -> str:
    if not rows:
        return ""
    shown = [percent(rows[0]["first"]), percent(rows[0]["auroc"])]
    counts = rows[0].get("counts")
    if counts is None:
        return "; ".join([*shown, *["–"] * 3])
    shown += [percent(counts[key] / max(1, counts["asked"])) for key in ("right", "wrong")]
    return "; ".join([*shown, percent(counts["let_in"] / max(1, counts["strangers"]))])


def constants_tried(results: Results) -> Iterator[str]:
    """Each value of each constant."""
    rows = results[constants.SECTION]
    sets = names(rows, "data")
    yield table(
        ["constant, value", *(f"{_TITLES[data]}, clean; 2 mistakes; fit s" for data in sets)],
        (
            [f"{what} {value:g}", *(_tried(where(found, data=data)) for data in sets)]
            for name, what, values in constants.TRIED
            for value in values
            if (found := where(rows, constant=name, value=value))
        ),
    )


def _tried(rows: Sequence[Row]) -> str:
    if not rows or "gone" in rows[0]:
        return "not measured"
    return "; ".join([*map(percent, rows[0]["right"]), number(rows[0]["fit_s"])])
