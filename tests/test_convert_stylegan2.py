"""Checkpoints become safetensors, and no file runs a program on the way."""

import pickle

import pytest
import torch
from safetensors.torch import load_file

from playground.convert_stylegan2 import main
from playground.nets.stylegan2_names import generator
from tests.nets import stylegan2_reference as reference


class Evil:
    """Writes a file when it is unpickled."""

    def __init__(self, path):
        self.path = path

    def __reduce__(self):
        return open, (str(self.path), "w")


def run(capsys, *arguments):
    code = main([str(argument) for argument in arguments])
    return code, *capsys.readouterr()


def test_a_checkpoint_of_rosinality_is_converted_with_its_running_average_and_mean(tmp_path, capsys):
    weights, other = reference.nvidia(z_dim=10), reference.nvidia(1, z_dim=10)
    renamed, mean = reference.rosinality(weights)
    checkpoint = {"g": reference.rosinality(other)[0], "g_ema": renamed, "latent_avg": mean, "args": {"size": 32}}
    torch.save(checkpoint, tmp_path / "in.pt")
    code, said, _ = run(capsys, tmp_path / "in.pt", tmp_path / "out.safetensors")
    assert code == 0
    assert "under rosinality's names: 32 x 32 pixels, z 10, w 10, 3 mapping layers." in said
    made = load_file(tmp_path / "out.safetensors")
    assert made.keys() == {name for name in weights if not name.endswith("resample_filter")}
    assert all(weight.equal(weights[name]) for name, weight in made.items())
    generator(made)


def test_a_bare_state_dict_of_nvidia_is_converted(tmp_path, capsys):
    weights = reference.nvidia(c_dim=2)
    del weights["mapping.w_avg"]
    torch.save(weights, tmp_path / "in.pt")
    code, said, _ = run(capsys, tmp_path / "in.pt", tmp_path / "out.safetensors")
    assert code == 0 and "NVIDIA's" in said and "2 classes; mean w from own draws." in said


@pytest.mark.parametrize("by", [torch.save, lambda content, path: path.write_bytes(pickle.dumps(content))])
def test_a_file_that_would_run_a_program_is_refused_and_runs_none(tmp_path, capsys, by):
    mark = tmp_path / "mark"
    by({"g_ema": reference.nvidia(), "more": Evil(mark)}, tmp_path / "in.pkl")
    code, said, complaint = run(capsys, tmp_path / "in.pkl", tmp_path / "out.safetensors")
    assert code == 2 and not said and not mark.exists() and not (tmp_path / "out.safetensors").exists()
    assert "to load it would be to run code" in complaint and "What works is a file of tensors alone" in complaint


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 cut short", b"hello", b"\x80\x04."])
def test_what_is_no_checkpoint_is_refused(tmp_path, capsys, content):
    (tmp_path / "in.pt").write_bytes(content)
    code, _, complaint = run(capsys, tmp_path / "in.pt", tmp_path / "out.safetensors")
    assert code == 2 and "What works is a file of tensors alone" in complaint


def test_other_tensors_other_endings_and_missing_files_are_refused(tmp_path, capsys):
    torch.save([1, 2], tmp_path / "list.pt")
    torch.save({"a": torch.zeros(2)}, tmp_path / "other.pt")
    for source, target, sentence in (
        ("list.pt", "out.safetensors", "holds no StyleGAN2 generator"),
        ("other.pt", "out.safetensors", "but a"),
        ("other.pt", "out.pt", "should end with .safetensors"),
        ("other.pt", "nowhere/out.safetensors", "no folder"),
        ("missing.pt", "out.safetensors", "cannot be read"),
    ):
        code, _, complaint = run(capsys, tmp_path / source, tmp_path / target)
        assert code == 2 and sentence in complaint, complaint
