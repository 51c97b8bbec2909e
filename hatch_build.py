"""
Compiles what may be compiled, `indexer/engines/whoosh/codec/native/`, where there is a C compiler.

Without one Telusur does the same with numpy, slower; nothing else differs.
"""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface
from setuptools import Distribution, Extension
from setuptools.command.build_ext import build_ext

MODULE = "indexer.engines.whoosh.codec._kernels"
SOURCES = Path("indexer/engines/whoosh/codec/native")


class KernelsHook(BuildHookInterface[Any]):
    """Puts the compiled module into the source tree, and into a wheel."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 - hatchling's signature
        """Compile before the package is put together."""
        options = ["-O3", "-fvisibility=hidden", "-ffp-contract=off"]  # numpy rounds each step, so must this
        sources, headers = (sorted(map(str, SOURCES.glob(f"*.{ending}"))) for ending in "ch")
        kernels = Extension(MODULE, sources, depends=headers, extra_compile_args=options, optional=True)
        with TemporaryDirectory() as folder:
            command = build_ext(Distribution({"name": "telusur", "ext_modules": [kernels]}))
            command.inplace, command.build_temp, command.build_lib = True, folder, folder
            command.ensure_finalized()
            command.run()
        compiled = Path(command.get_ext_fullpath(MODULE))
        newest = max(Path(source).stat().st_mtime for source in (*sources, *headers))
        if not compiled.exists() or compiled.stat().st_mtime < newest:
            print("no C compiler works here: Telusur does without, slower", file=sys.stderr)
            return
        build_data["artifacts"].append(str(compiled.relative_to(self.root)))
        build_data["pure_python"], build_data["infer_tag"] = False, True
