"""Tables by name: a function says in its signature which tables it needs, and a `World` fills them in.

    @table                                                    others may ask for its result by its name
    def spending(defence_expenditure, members): ...

    World().ask(figures.guideline, year=2024)                 the chart, as all editions have it
    World(until={"defence_expenditure": "2024-06"}).ask(...)  the same, as that edition knew it

What a function is asked with (a year, an edition) goes to it and to every table on its way that asks for it too.
A choice that is one of a few words says which: `eu: Literal["donor", "members"] = "donor"`.
"""

import functools
import inspect
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Literal, TypeVar, get_args, get_origin

import pandas as pd

from . import data, words

Function = TypeVar("Function", bound=Callable)

DATED = {  # how a table without editions is cut at a day
    "members": "accession_date",
    "ratifications": "ratified_date",
    "consultations": "requested_date",
    "events": "date",
    "security_agreements": "signed_date",
    "public_opinion": "date",
}
UNCUT = ("sources", "spending_other_totals")  # their column `edition` is part of a citation
QUOTED_IN = {"defence_expenditure": "spending_other_totals"}  # rows of the second quote editions of the first

TABLES: dict[str, Callable] = {}  # what can be asked for beside the tables of data/: name -> the function that makes it


def table(function: Function) -> Function:
    """Let others ask for what `function` makes, by its name: a DataFrame, or one value such as the newest edition."""
    other = TABLES.setdefault(function.__name__, function)
    if other.__module__ != function.__module__:
        raise ValueError(f"Two functions make {function.__name__!r}: {other.__module__} has it, too.")
    TABLES[function.__name__] = function  # a cell run again
    for remembered in (choices_of, words_of, needs):
        remembered.cache_clear()
    return function


class World:
    """All tables as of some edition or day: `world["members"]`, `world.ask(function, **choices)`.

    `until` cuts a table at an edition (or a release), or at a day where it has dates instead:
    `World(until={"defence_expenditure": "2024-06"})` is the world as that edition knew it,
    `World(until={"members": "2023-04-03"})` the alliance before Finland. Rows elsewhere that
    quote a later edition go with it. `instead` puts other tables in the place of ours.
    Raises ValueError where there is no such edition or day; the sentence names those there are.
    """

    def __init__(self, until: dict[str, str] | None = None, instead: dict[str, pd.DataFrame] | None = None) -> None:
        self._until, self._instead = dict(until or {}), dict(instead or {})
        self._made: dict[tuple, Any] = {}
        self._loaded = dict(self._instead)
        for name, edition in self._until.items():
            _check_cut(name, edition)

    @property
    def altered(self) -> set[str]:
        """The names of the tables that are not as our data have them."""
        quoted = {QUOTED_IN[name] for name in self._until if name in QUOTED_IN}
        return set(self._instead) | set(self._until) | quoted

    def __contains__(self, name: str) -> bool:
        return (
            name == "world"
            or name in TABLES
            or name in data.names()
            or name in data.outlines()
            or name in self._instead
        )

    def __getitem__(self, name: str) -> Any:
        """A table or outlines of data/, or what the function of that name makes of this world's tables.

        Raises data.DataError, naming the close ones, where there is neither.
        """
        if name not in self:
            known = sorted({*data.names(), *TABLES})
            hint = words.meant(name, known) or f"there are {', '.join(known)}."
            raise data.DataError(f"There is neither a table nor a measure {name!r}; {hint}")
        return self._get(name, {})

    def ask(self, function: Callable, **choices: Any) -> Any:
        """What `function` gives in this world, handed the tables that its parameters are named after.

        A parameter `world` is handed this World itself. One with a default is a choice and stays as it is unless
        `choices` names it. Raises data.DataError, naming the close ones, for a parameter that nothing fills, a
        choice that nothing takes and a value that is none of those there are; and, where tables are cut, if they
        did not hold yet what `function` needs.
        """
        if strange := set(choices) - choices_of(function):
            raise data.DataError(_misspelt(function, strange.pop(), "has no choice", choices_of(function)))
        for name, known in words_of(function).items():
            if choices.get(name, known[0]) not in known:
                raise data.DataError(_misspelt(function, choices[name], f"knows no {name}", known))
        try:
            return self._call(function, choices)
        except (LookupError, ArithmeticError, TypeError, AttributeError, ValueError) as error:
            if not self._until:
                made = [table for (name, _), table in self._made.items() if name in choices_of(function)]
                _check_values(function, choices, error, made)
            if not self._until or isinstance(error, ValueError):
                raise
            cut = ", ".join(f"{name} up to {edition}" for name, edition in self._until.items())
            told = f"{_called(function)} cannot be made of {cut}: what it needs is not in these tables yet ({error})."
            raise data.DataError(told) from error

    def made(self, function: Callable) -> Any:
        """As `ask` without choices, but made once: for what nobody can change, such as the finding of a claim."""
        key = function, ()
        if key not in self._made:
            self._made[key] = self.ask(function)
        return self._made[key]

    def _call(self, function: Callable, choices: dict[str, Any]) -> Any:
        given = {}
        for name, parameter in _parameters(function).items():
            if name in choices:
                given[name] = choices[name]
            elif parameter.default is parameter.empty and parameter.kind is parameter.POSITIONAL_OR_KEYWORD:
                if name not in self:
                    hint = words.meant(name, {*data.names(), *TABLES}) or f"say which: {name}=..."
                    told = f"{_called(function)} asks for {name!r}; {hint}"
                    raise data.DataError(f"{told} A measure that is asked for by name is marked @table.")
                given[name] = self._get(name, choices)
        return function(**given)

    def _get(self, name: str, choices: dict[str, Any]) -> Any:
        if name == "world":
            return self
        if name in data.outlines():
            return data.load_outlines(name)
        if name not in TABLES or name in self._instead:
            if name not in self._loaded:
                self._loaded[name] = self._cut(name, data.load(name))
            return self._loaded[name].copy(deep=False)
        taken = {choice: value for choice, value in choices.items() if choice in choices_of(TABLES[name])}
        try:
            key = name, tuple(sorted(taken.items()))
            hash(key)
        except TypeError:  # a table among the choices: made anew
            return self._call(TABLES[name], taken)
        if key not in self._made:
            self._made[key] = self._call(TABLES[name], taken)
        made = self._made[key]
        return made.copy(deep=False) if isinstance(made, pd.DataFrame | pd.Series) else made

    def _cut(self, name: str, table: pd.DataFrame) -> pd.DataFrame:
        for cut, edition in self._until.items():
            if name == QUOTED_IN.get(cut):
                table = table[table["edition"].isna() | (table["edition"] <= edition)]
            elif name == cut:
                column = version_column(name)
                last = pd.Period(edition).end_time if table[column].dtype.kind == "M" else edition
                table = table[table[column] <= last]
        return table.reset_index(drop=True)


def today() -> World:
    """The one `World` of the tables as they are; made anew when a file of data/ has changed."""
    return _today(data.stamps())


@functools.lru_cache(maxsize=1)
def _today(stamps: tuple) -> World:
    return World()


def ask(function: Callable, **choices: Any) -> Any:
    """What a function of tables gives today, asked with these choices: `ask(measures.two_sides, forces="high")`."""
    return today().ask(function, **choices)


def load(name: str) -> Any:
    """The table `name`: one of data/, or what a measure of that name makes of them."""
    return today()[name]


@functools.cache
def _parameters(function: Callable) -> dict[str, inspect.Parameter]:
    return dict(inspect.signature(function).parameters)


@functools.cache
def choices_of(function: Callable) -> frozenset[str]:
    """The names that `function`, and every table on its way, can be asked with."""
    names = set()
    for name, parameter in _parameters(function).items():
        names.add(name)
        if parameter.default is parameter.empty and name in TABLES:
            names |= choices_of(TABLES[name])
    return frozenset(names)


@functools.cache
def words_of(function: Callable) -> dict[str, tuple]:
    """The choices of `function`, and of every table on its way, that are one of a few words: {name: those words}."""
    found: dict[str, tuple] = {}
    for name, parameter in _parameters(function).items():
        if get_origin(parameter.annotation) is Literal:
            found[name] = get_args(parameter.annotation)
        elif parameter.default is parameter.empty and name in TABLES:
            found |= words_of(TABLES[name])
    return found


@functools.cache
def needs(function: Callable) -> frozenset[str]:
    """The names of the tables of data/ that `function` is filled from, however many steps away."""
    names: set[str] = set()
    for name, parameter in _parameters(function).items():
        if parameter.default is parameter.empty:
            names |= needs(TABLES[name]) if name in TABLES else {name} & set(data.names())
    return frozenset(names)


def _misspelt(function: Callable, name: str, what: str, known: Iterable[str]) -> str:
    hint = words.meant(name, known) or f"there are {', '.join(sorted(known))}."
    return f"{_called(function)} {what} {name!r}; {hint}"


def _check_values(function: Callable, choices: dict[str, Any], error: Exception, made: Iterable) -> None:
    """A DataError in the place of an `error` that a value brought about which somebody chose and no table has, nor any
    that was `made` of them.
    """
    written = _written(function) | {cell for table in made for cell in _cells(table)}
    named = _named_by(error, choices, written)
    for name in named or [name for name, value in choices.items() if isinstance(value, str)]:
        hint = "" if choices[name] in written else words.meant(choices[name], written, cutoff=0.6 if named else 0.8)
        if named or hint:
            told = f"{_called(function)} knows no {name} {choices[name]!r}; {hint}"
            raise data.DataError(told.removesuffix("; ")) from error


def _named_by(error: Exception, choices: dict[str, Any], written: frozenset[str]) -> list[str]:
    """The choices whose value brought an `error` about: what is looked for and not found, or leaves no row."""
    if isinstance(error, KeyError):
        return [name for name, value in choices.items() if error.args == (value,)]
    left = isinstance(error, IndexError)
    return [name for name, value in choices.items() if left and isinstance(value, str) and value not in written]


def _written(function: Callable) -> frozenset[str]:
    """The names that stand in the tables which `function` is filled from, and "all" where a choice may be that."""
    return frozenset(cell for name in needs(function) for cell in _cells(data.load(name))) | {"all"}


def _cells(table: Any) -> Iterator[str]:
    """The names of a table's columns and its cells of a name's length, or the keys of a dict; else nothing."""
    columns: list[Iterable] = [list(table)] if isinstance(table, pd.DataFrame | pd.Series | dict) else []
    if isinstance(table, pd.DataFrame):
        columns += [table[column].unique() for column in table.select_dtypes("str")]
    yield from (cell for column in columns for cell in column if isinstance(cell, str) and len(cell) < 60)


def _called(function: Callable) -> str:
    return f"{function.__module__.removeprefix('alliance.')}.{function.__name__}"


def version_column(name: str) -> str | None:
    """The column at which a table can be cut: its edition, its release or its date; None if it has none."""
    columns = [field["name"] for field in data.resource(name)["schema"]["fields"] if name not in UNCUT]
    return next((column for column in ("edition", "release") if column in columns), DATED.get(name))


def editions(name: str) -> list[str]:
    """The editions (or releases, or days) a table has, oldest first, as text; ValueError if it has none."""
    column = version_column(name)
    if column is None:
        able = [table for table in data.names() if version_column(table)]
        raise ValueError(f"{name} has neither editions nor dates to cut it at. These have: {', '.join(able)}.")
    found = data.load(name)[column].dropna()
    return sorted(found.dt.strftime("%Y-%m-%d").unique() if found.dtype.kind == "M" else found.unique())


def _check_cut(name: str, edition: str) -> None:
    known = editions(name)
    if name not in DATED and edition not in known:
        raise ValueError(f"{name} has no edition {edition!r}; it has {', '.join(known)}.")
    if name in DATED:
        try:
            pd.Period(edition)
        except ValueError:
            raise ValueError(f"{name} is cut at a day, like {known[-1]}; {edition!r} is none.") from None
        if edition < known[0][: len(edition)]:
            raise ValueError(f"{name} begins on {known[0]}; nothing of it was known by {edition}.")
