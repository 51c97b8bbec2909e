"""
Compiles what may be compiled, the folders `native/`, where there is a C compiler.

Without one Telusur does the same with numpy and regular expressions, slower; nothing else differs.
"""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface
from setuptools import Distribution, Extension
from setuptools.command.build_ext import build_ext

MODULES = {
    "indexer.analysis._texts": Path("indexer/analysis/native"),
    "indexer.engines.whoosh.codec._kernels": Path("indexer/engines/whoosh/codec/native"),
}
"""The compiled modules, and the folder of each one's sources."""

_OPTIONS = ["-O3", "-fvisibility=hidden", "-ffp-contract=off"]  # numpy rounds each step, so must this


class NativeHook(BuildHookInterface[Any]):
    """Puts the compiled modules into the source tree, and into a wheel."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 - hatchling's signature
        """Compile before the package is put together."""
        compiled = [compiled for module, folder in MODULES.items() if (compiled := _compiled(module, folder))]
        if len(compiled) < len(MODULES):
            print("no C compiler works here: Telusur does without, slower", file=sys.stderr)
            return
        build_data["artifacts"] += [str(path.relative_to(self.root)) for path in compiled]
        build_data["pure_python"], build_data["infer_tag"] = False, True


def _compiled(module: str, folder: Path) -> Path | None:
    """Compile the sources in *folder*; return the file of *module*, or None if that did not work."""
    sources, headers = (sorted(map(str, folder.glob(f"*.{ending}"))) for ending in "ch")
    extension = Extension(module, sources, depends=headers, extra_compile_args=_OPTIONS, optional=True)
    with TemporaryDirectory() as scratch:
        command = build_ext(Distribution({"name": "telusur", "ext_modules": [extension]}))
        command.inplace, command.build_temp, command.build_lib = True, scratch, scratch
        command.ensure_finalized()
        command.run()
    compiled = Path(command.get_ext_fullpath(module))
    newest = max(Path(source).stat().st_mtime for source in (*sources, *headers))
    return compiled if compiled.exists() and compiled.stat().st_mtime >= newest else None
