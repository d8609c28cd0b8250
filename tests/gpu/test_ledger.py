"""Bytes: of this machine, of containers in containers, and of files that may not be what they say."""

import json
import struct
from types import SimpleNamespace

import psutil
import pytest

from playground.gpu.ledger import GIB, HEADER_LIMIT, Memory, cgroup_limits, cpu_memory, weights_bytes

NO_LIMIT_V1 = 9223372036854771712


def group(folder, version, limit, used=0, cached=0):
    folder.mkdir(parents=True, exist_ok=True)
    names = {
        1: ("memory.limit_in_bytes", "memory.usage_in_bytes", "total_cache"),
        2: ("memory.max", "memory.current", "file"),
    }
    limit_name, used_name, cached_name = names[version]
    (folder / limit_name).write_text(f"{limit}\n")
    (folder / used_name).write_text(f"{used}\n")
    (folder / "memory.stat").write_text(f"anon 5\n{cached_name} {cached}\nother 7\n")


@pytest.fixture
def proc(tmp_path):
    def write(*lines):
        path = tmp_path / "proc"
        path.write_text("".join(line + "\n" for line in lines))
        return path

    return write


@pytest.fixture
def machine(monkeypatch):
    """A machine with 64 GiB, of which 40 are available."""
    monkeypatch.setattr(psutil, "virtual_memory", lambda: SimpleNamespace(total=64 * GIB, available=40 * GIB))


def test_version_2_reads_every_group_around_us(tmp_path, proc):
    root = tmp_path / "cgroup"
    group(root / "a", 2, 8 * GIB, 5 * GIB, 3 * GIB)
    group(root / "a" / "b", 2, "max", 1, 0)
    group(root / "a" / "b" / "c", 2, 4 * GIB, 1 * GIB, 0)
    limits = cgroup_limits(root, proc("0::/a/b/c"))
    assert sorted(limits) == [(4 * GIB, 1 * GIB), (8 * GIB, 2 * GIB)]


def test_version_1_reads_the_memory_controller_alone(tmp_path, proc):
    root = tmp_path / "cgroup"
    group(root / "memory", 1, NO_LIMIT_V1, 9)
    group(root / "memory" / "docker" / "x", 1, 2 * GIB, GIB, GIB // 2)
    group(root / "cpu" / "docker" / "x", 1, 1)
    limits = cgroup_limits(root, proc("4:memory:/docker/x", "1:cpu:/docker/x"))
    assert limits == [(2 * GIB, GIB // 2)]


def test_both_versions_may_be_mounted_at_once(tmp_path, proc):
    root = tmp_path / "cgroup"
    group(root / "memory" / "x", 1, 6 * GIB)
    group(root / "unified" / "y", 2, 3 * GIB)
    assert sorted(cgroup_limits(root, proc("4:memory:/x", "0::/y"))) == [(3 * GIB, 0), (6 * GIB, 0)]


def test_inside_a_container_the_root_is_our_group(tmp_path, proc):
    root = tmp_path / "cgroup"
    group(root, 2, 2 * GIB, GIB)
    assert cgroup_limits(root, proc("0::/")) == [(2 * GIB, GIB)]
    assert cgroup_limits(root, proc("0::/named/from/outside")) == [(2 * GIB, GIB)]
    assert cgroup_limits(root, proc("0::/../../outside")) == [(2 * GIB, GIB)]


def test_missing_files_mean_no_limit(tmp_path, proc):
    assert cgroup_limits(tmp_path / "none", proc("0::/a", "3:memory:/b")) == []
    assert cgroup_limits(tmp_path / "none", tmp_path / "no proc") == []
    (tmp_path / "memory.max").write_text(str(GIB))
    assert cgroup_limits(tmp_path, proc("0::/")) == [(GIB, 0)]


def test_the_tightest_limit_counts_and_a_tenth_is_left_to_the_system(machine, tmp_path, proc):
    root = tmp_path / "cgroup"
    assert cpu_memory(root, proc("0::/")) == Memory(64 * GIB - 64 * GIB // 10, 40 * GIB - 64 * GIB // 10)
    group(root, 2, 8 * GIB, 7 * GIB, 6 * GIB)
    assert cpu_memory(root, proc("0::/")) == Memory(7 * GIB, 6 * GIB)


def test_free_is_never_less_than_nothing_and_a_small_machine_keeps_half(machine, tmp_path, proc):
    root = tmp_path / "cgroup"
    group(root, 2, GIB, GIB)
    assert cpu_memory(root, proc("0::/")) == Memory(GIB // 2, 0)


def test_this_machine_has_some_memory():
    memory = cpu_memory()
    assert 0 <= memory.free <= memory.total <= psutil.virtual_memory().total


def safetensors(path, tensors, length=None):
    header: dict[str, dict] = {"__metadata__": {"format": "pt"}}
    offset = 0
    sizes = {"F32": 4, "F16": 2, "I64": 8, "F8_E4M3": 1}
    for name, (dtype, shape) in tensors.items():
        count = 1
        for side in shape:
            count *= side
        header[name] = {"dtype": dtype, "shape": shape, "data_offsets": [offset, offset + count * sizes[dtype]]}
        offset += count * sizes[dtype]
    data = json.dumps(header).encode()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(struct.pack("<Q", len(data) if length is None else length) + data + b"\0" * 16)
    return path


def files(folder):
    return sorted(folder.rglob("*.safetensors"))


def test_bytes_are_counted_as_in_the_file_or_as_loaded(tmp_path):
    safetensors(
        tmp_path / "unet" / "model.safetensors", {"a": ("F16", [10, 10]), "ids": ("I64", [5]), "one": ("F16", [])}
    )
    safetensors(tmp_path / "vae.safetensors", {"b": ("F32", [100]), "small": ("F8_E4M3", [3])})
    assert weights_bytes(files(tmp_path)) == 200 + 40 + 2 + 400 + 3
    assert weights_bytes(files(tmp_path), dtype_bytes=4) == 400 + 40 + 4 + 400 + 12
    assert weights_bytes(files(tmp_path), dtype_bytes=2) == 200 + 40 + 2 + 200 + 6


def test_no_files_are_an_unknown_size_and_not_0():
    assert weights_bytes([]) is None


@pytest.mark.parametrize("length", [HEADER_LIMIT + 1, 2**63, 1_000_000, 3])
def test_a_header_that_lies_counts_as_the_file(tmp_path, length):
    path = safetensors(tmp_path / "model.safetensors", {"a": ("F32", [1000])}, length)
    assert weights_bytes(files(tmp_path)) == path.stat().st_size


@pytest.mark.parametrize(
    "content",
    [b"", b"abc", struct.pack("<Q", 2) + b"[]", struct.pack("<Q", 7) + b'{"a":1}', struct.pack("<Q", 2) + b"\xff\xfe"],
)
def test_a_file_that_is_not_what_it_says_counts_with_its_size(tmp_path, content):
    (tmp_path / "model.safetensors").write_bytes(content)
    assert weights_bytes(files(tmp_path)) == len(content)


def test_a_file_is_not_taken_for_less_than_it_holds(tmp_path):
    header = json.dumps({"a": {"dtype": "F32", "shape": [-1000], "data_offsets": [100, 0]}}).encode()
    path = tmp_path / "model.safetensors"
    path.write_bytes(struct.pack("<Q", len(header)) + header)
    assert weights_bytes(files(tmp_path), 4) == path.stat().st_size
