"""The published frameworks that ship with the product, each in a file of its own."""

from pathlib import Path

from partnership.loading import Kind, Loader, read_file

from ..models import Domain, Framework, ScaleLevel, Standard

FRAMEWORKS = Kind(
    Framework,
    natural=("slug",),
    holds={
        "domains": Kind(Domain, "framework"),
        "standards": Kind(Standard, "framework"),
        "levels": Kind(ScaleLevel, "framework", natural=("value",)),
    },
)


def load_frameworks(loader: Loader) -> list[str]:
    """Create what is missing of every shipped framework, and return their names."""
    names = []
    for path in sorted(Path(__file__).parent.glob("*.yaml")):
        frameworks = read_file(path)
        loader.load(FRAMEWORKS, frameworks)
        names += [framework["name"] for framework in frameworks.values()]
    return names
