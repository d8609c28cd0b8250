"""Bytes: what a machine has free for us, container limits included, and what a model's files need; reads no tensor."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import prod
from pathlib import Path

import psutil

GIB = 2**30
HEADER_LIMIT = 100_000_000  # bytes; the format's own limit
FLOATS = ("F64", "F32", "F16", "BF16", "F8_E4M3", "F8_E5M2", "F8_E8M0")
UNLIMITED = 2**60  # cgroup v1 writes a number near 2**63 where v2 writes "max"


@dataclass(frozen=True)
class Memory:
    """Of one device: the bytes that are ours to use at most, and those free now. The system's margin is already off."""

    total: int
    free: int


def cpu_memory(root: Path = Path("/sys/fs/cgroup"), proc: Path = Path("/proc/self/cgroup")) -> Memory:
    """This machine's, or what the tightest of the nested containers around us leaves.

    A margin of 1 GiB or a tenth of all, whichever is more, is left to the system; on a very small machine half of it.
    """
    system = psutil.virtual_memory()
    total, free = system.total, system.available
    for limit, used in cgroup_limits(root, proc):
        total, free = min(total, limit), min(free, limit - used)
    margin = min(max(GIB, total // 10), total // 2)
    return Memory(total - margin, max(0, free - margin))


VERSION_1 = ("memory.limit_in_bytes", "memory.usage_in_bytes", "total_cache")
VERSION_2 = ("memory.max", "memory.current", "file")


def cgroup_limits(root: Path, proc: Path) -> list[tuple[int, int]]:
    """(limit, used) bytes of every group around this process that has a limit.

    Cached file pages are not counted as used: the kernel drops them when memory is asked for. `proc` names the group
    from outside; seen from inside a container its folder may be missing, and the root is the group.
    """
    limits = []
    for line in _text(proc).splitlines():
        _, controllers, group = line.split(":", 2)
        if controllers == "":
            names, mounts = VERSION_2, {root, root / "unified"}
        elif "memory" in controllers.split(","):
            names, mounts = VERSION_1, {root / "memory", root / controllers}
        else:
            continue
        for mount in mounts:
            for folder in _from(mount, group):
                limits.append(_limit(folder, *names))
    return [limit for limit in limits if limit is not None]


def _from(mount: Path, group: str) -> Iterator[Path]:
    """The folders of a group and of those it is nested in, up to the mount."""
    folder = mount / group.strip("/")
    yield folder
    while folder != mount:
        folder = folder.parent
        yield folder


def _limit(folder: Path, limit_name: str, used_name: str, cached_name: str) -> tuple[int, int] | None:
    limit = _text(folder / limit_name).strip()
    if not limit.isdigit() or int(limit) >= UNLIMITED:
        return None
    statistics = dict(line.split(maxsplit=1) for line in _text(folder / "memory.stat").splitlines())
    used = _text(folder / used_name).strip()
    return int(limit), max(0, int(used or 0) - int(statistics.get(cached_name, 0)))


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except OSError:
        return ""


def weights_bytes(files: Sequence[Path], dtype_bytes: int | None = None) -> int | None:
    """What safetensors files take in memory, from their headers alone; None if there are none.

    `dtype_bytes`: the size of one float as it will be loaded; None: as it is in the file. A file that is not what it
    says counts with its size on disk.
    """
    return sum(_file_bytes(path, dtype_bytes) for path in files) if files else None


def _file_bytes(path: Path, dtype_bytes: int | None) -> int:
    try:
        return sum(_tensor_bytes(tensor, dtype_bytes) for tensor in tensors(path).values())
    except (ValueError, TypeError, KeyError):
        return path.stat().st_size


def tensors(path: Path) -> dict[str, dict]:
    """What a safetensors file says of its tensors, by name; ValueError if it is none."""
    with path.open("rb") as file:
        start = file.read(8)
        length = int.from_bytes(start, "little")
        if len(start) < 8 or length > min(path.stat().st_size - 8, HEADER_LIMIT):
            raise ValueError("no safetensors file")
        header = json.loads(file.read(length))
    if not isinstance(header, dict):
        raise ValueError("no safetensors file")
    return {name: tensor for name, tensor in header.items() if name != "__metadata__"}


def _tensor_bytes(tensor: dict, dtype_bytes: int | None) -> int:
    start, end = tensor["data_offsets"]
    size = prod(tensor["shape"]) * dtype_bytes if dtype_bytes and tensor["dtype"] in FLOATS else end - start
    if size < 0:
        raise ValueError("a tensor of less than nothing")
    return size
