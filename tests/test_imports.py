"""The law of imports: who may know whom, and what must stay light."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
CORE = (
    "errors",
    "events",
    "params",
    "values",
    "catalog",
    "hub",
    "latent_points",
    "png",
    "recipe",
    "restored",
    "text_files",
    "tune_files",
    "version",
    "stream",
)
MAY_IMPORT = {  # module or package -> what of ours it may import; the longest name that fits counts
    "playground.version": set(),
    "playground.context": set(),
    "playground.errors": set(),
    "playground.events": set(),
    "playground.values": {"errors", "media"},
    "playground.param": set(),
    "playground.latent_points": {"errors"},
    "playground.prompts": {"errors", "prompts"},
    "playground.samplers": set(),
    "playground.extents": {"errors"},
    "playground.lora_files": {"errors", "prompts"},
    "playground.kinds": {"errors", "extents", "lora_files", "media", "param", "prompts", "samplers", "latent_points"},
    "playground.params": {"errors", "kinds", "media", "param", "values"},
    "playground.nets": {"nets"},
    "playground.convert_stylegan2": {"errors", "nets"},
    "playground.catalog": {"errors"},
    "playground.diffusion_folders": {"errors"},
    "playground.model_folders": {"catalog", "diffusion_folders", "errors"},
    "playground.png": {"errors"},
    "playground.wav": {"errors"},
    "playground.webp": {"errors"},
    "playground.exif": set(),
    "playground.jpeg": set(),
    "playground.picture_texts": {"exif", "jpeg", "png", "webp"},
    "playground.other_tools": {"a1111", "other_tools", "prompts", "samplers"},
    "playground.settings": {"errors"},
    "playground.grids": {"catalog", "errors", "params", "values"},
    "playground.stream": {"events"},
    "playground.hub": {"catalog", "diffusion_folders", "errors"},
    "playground.a1111": {"version"},
    "playground.text_files": {"errors", "version"},
    "playground.token_count": {"catalog", "context", "hub"},
    "playground.media": {"errors", "extents", "media"},
    "playground.restored": {"catalog", "errors", "lora_files", "media", "other_tools", "params", "prompts"},
    "playground.recipe": {
        "a1111",
        "catalog",
        "errors",
        "events",
        "exif",
        "media",
        "other_tools",
        "params",
        "picture_texts",
        "png",
        "restored",
        "text_files",
        "version",
        "wav",
        "webp",
    },
    "playground.tune_files": {"errors", "events", "media", "recipe"},
    "playground.gpu": {"gpu", "errors", "events", "stream"},
    "playground.facts": {"catalog", "hub", "gpu.ledger"},
    "playground.engine": {*CORE, "gpu"},
    "playground.__init__": {*CORE, "engine"},
    "playground.__main__": {*CORE, "engine", "facts", "model_folders"},
    "playground.adapters": {
        "adapters",
        "catalog",
        "context",
        "diffusion_folders",
        "errors",
        "events",
        "extents",
        "latent_points",
        "lora_files",
        "media",
        "nets",
        "params",
        "prompts",
        "samplers",
        "stream",
    },
    "tabs": {"tabs", *CORE, "extents", "facts", "grids", "media", "prompts", "settings", "token_count"},
    "app": {"tabs", *CORE, "facts", "lora_files", "media", "model_folders", "settings", "engine", "gpu"},
    "training": {"training", "media", "errors", "nets"},
    "benchmarks": {"benchmarks", "app", "tabs", "training", *CORE, "facts", "media", "settings", "engine", "gpu"},
}
HEAVY = {"torch", "transformers", "diffusers", "gradio", "numpy", "PIL"}


def modules():
    for pattern in ("playground/**/*.py", "tabs/*.py", "training/**/*.py", "benchmarks/*.py", "app.py"):
        for path in ROOT.glob(pattern):
            yield ".".join(path.relative_to(ROOT).with_suffix("").parts), path


def imports(path):
    """(module, whether at the top) for everything `path` imports; `from a import b` counts as a.b."""
    tree = ast.parse(path.read_text("utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} imports relatively"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


def short(name):
    return name.removeprefix("playground.")


def covers(allowed, name):
    return name == allowed or name.startswith(allowed + ".")


@pytest.mark.parametrize("name, path", list(modules()), ids=lambda value: value if isinstance(value, str) else "")
def test_each_module_knows_only_what_the_table_allows(name, path):
    rule = max((k for k in MAY_IMPORT if covers(k, name)), key=len, default=None)
    assert rule, f"{name} is not in the table"
    ours = {i for i in imports(path) if i.split(".")[0] in ("playground", "tabs", "training", "benchmarks", "app")}
    bad = {i for i in ours if not any(covers(allowed, short(i)) for allowed in MAY_IMPORT[rule])}
    assert not bad, f"{name} imports {sorted(bad)}"


def test_nobody_imports_an_adapter_and_only_the_page_knows_gradio():
    for name, path in modules():
        names = set(imports(path))
        if not name.startswith("playground.adapters"):  # an adapter may have parts of its own
            assert not any("playground.adapters" in i for i in names), name
        if not name.startswith(("tabs", "app", "benchmarks")):
            assert "gradio" not in {i.split(".")[0] for i in names}, name


def loaded_by(code):
    code += "; import sys; print(*{m.split('.')[0] for m in sys.modules})"
    result = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    return set(result.stdout.split())


def test_importing_the_core_is_light():
    assert not HEAVY & loaded_by("import playground, playground.facts, playground.settings, playground.__main__")


def test_the_page_never_imports_torch():
    assert not {"torch", "transformers", "diffusers"} & loaded_by("import app; app.build")


def test_files_and_functions_stay_short():
    for name, path in modules():
        source = path.read_text("utf-8")
        assert len(source.splitlines()) <= 260, f"{name} has grown too long to hold one thing"
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                assert (node.end_lineno or 0) - node.lineno < 60, f"{name}.{node.name} is too long to read at once"


def test_every_module_says_what_it_is():
    for name, path in modules():
        if path.read_text("utf-8").strip():
            assert ast.get_docstring(ast.parse(path.read_text("utf-8"))), f"{name} has no header"
