"""A lesson as its notebook has it: each cell with what it shows, run in this process so that panels can be asked."""

import ast
import dataclasses
import json
import typing


@dataclasses.dataclass
class Cell:
    """One cell: its source, the names of the command that its last line calls, and what that shows."""

    source: str
    is_code: bool
    hidden: bool
    collapsed: bool
    called: str = ""
    value: typing.Any = None


def cells(path):
    """The cells of the notebook at `path`, in order, the code run as a kernel runs it."""
    namespace = {"__name__": "__main__"}
    for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
        meta = cell["metadata"]
        found = Cell(
            "".join(cell["source"]),
            cell["cell_type"] == "code",
            bool(meta.get("jupyter", {}).get("source_hidden")),
            bool(meta.get("jp-MarkdownHeadingCollapsed")),
        )
        if found.is_code:
            found.called, found.value = _run(found.source, namespace)
        yield found


def _run(source, namespace):
    """Run one cell; returns the command that its last line calls ('' where it calls none), and what it gives."""
    tree = ast.parse(source)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, "<cell>", "exec"), namespace)
    if last is None:
        return "", None
    called = ast.unparse(last.value.func) if isinstance(last.value, ast.Call) else ""
    return called, eval(compile(ast.Expression(last.value), "<cell>", "eval"), namespace)
