import os
import threading

import pytest

from playground.errors import Refused
from tabs import outputs
from tabs.mine_files import Galleries, folder_of
from tabs.mine_limits import Kept, Limits, surplus

HOUR = 3600.0
PERSON = "AbCd-_0123456789abcdef"


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("GRADIO_TEMP_DIR", str(tmp_path))
    return tmp_path


@pytest.fixture
def clock():
    return [1_000_000.0]


@pytest.fixture
def galleries(folder, clock):
    return Galleries(folder / "galleries", Limits(HOUR, 100, 250, 5), lambda: clock[-1])


def add(galleries, person, size=10, told=()):
    copy = outputs.folder() / "poster-7.png"
    copy.write_bytes(b"x" * size)
    galleries.add(person, copy, dict(told))
    return copy


def one(person, second, size):
    return Kept(folder_of(person), f"{second * 1000:012x}" + "0" * 12, size)


def test_what_is_within_the_limits_stays():
    assert surplus([one("a", 10, 50), one("b", 20, 50)], Limits(100, 60, 100), 100) == []


@pytest.mark.parametrize(
    "limits, gone",
    [
        (Limits(60, 1000, 1000), ["a"]),  # too old
        (Limits(100, 25, 1000), ["a", "b"]),  # the oldest of one person
        (Limits(100, 1000, 25), ["a", "b", "c"]),  # the oldest of all
        (Limits(100, 1000, 1000, most=2), ["a"]),  # too many of one person
    ],
)
def test_the_oldest_go_first(limits, gone):
    kept = {"a": one("ann", 10, 10), "b": one("ann", 50, 20), "c": one("ben", 60, 10), "d": one("ann", 70, 20)}
    assert sorted(name for name, thing in kept.items() if thing in surplus(kept.values(), limits, 80)) == gone


def test_what_goes_goes_from_the_disk_and_from_the_page(galleries, clock):
    first = add(galleries, "ann", 60)
    clock.append(clock[-1] + 1)
    second = add(galleries, "ann", 60)
    assert not first.exists() and second.exists() and len(galleries.ids("ann")) == 1
    clock.append(clock[-1] + HOUR + 1)
    galleries.tidy()
    assert not second.exists() and galleries.ids("ann") == [] and list(galleries.root.iterdir()) == []


def test_one_that_is_larger_than_the_limits_is_not_kept_and_drives_nothing_out(galleries):
    add(galleries, "ann")
    large = add(galleries, "ann", 101)
    assert large.exists() and len(galleries.ids("ann")) == 1


def test_one_person_does_not_drive_out_another(galleries):
    add(galleries, "ben")
    for _ in range(20):
        add(galleries, "ann", 50)
    assert len(galleries.ids("ben")) == 1 and galleries.size("ann") == 100


def test_limits_hold_at_the_start_and_what_was_kept_is_there_again(galleries, folder, clock):
    add(galleries, "ann", told={"alt": "old"})
    clock.append(clock[-1] + HOUR)
    add(galleries, "ann", told={"alt": "new"})
    clock.append(clock[-1] + 1)
    again = Galleries(galleries.root, galleries.limits, lambda: clock[-1])
    (id,) = again.ids("ann")
    assert again.told("ann", id)["alt"] == "new" and again.served("ann", id).read_bytes() == b"x" * 10


def test_a_name_cannot_be_read_from_the_disk(galleries, folder):
    add(galleries, PERSON)
    assert PERSON not in " ".join(str(path) for path in folder.rglob("*")) and galleries.ids(PERSON)
    if os.name == "posix":
        assert galleries.root.stat().st_mode & 0o077 == 0


def test_a_script_without_a_name_keeps_nothing(galleries):
    add(galleries, "")
    assert galleries.ids("") == []


@pytest.mark.parametrize("id", ["../../secret", "/etc/passwd", "", None, 7, [], "0" * 24, "a\0b"])
def test_no_path_leads_out(galleries, folder, id):
    (folder / "secret").write_bytes(b"secret")
    add(galleries, "ann")
    for read in (galleries.told, galleries.work, galleries.served):
        with pytest.raises(Refused):
            read("ann", id)
    galleries.remove("ann", [id])
    assert (folder / "secret").exists() and len(galleries.ids("ann")) == 1


@pytest.mark.skipif(os.name != "posix", reason="links need rights on Windows")
def test_links_are_not_followed(galleries, folder, clock):
    secret = folder / "secret"
    secret.write_bytes(b"secret")
    add(galleries, "ann")
    (id,) = galleries.ids("ann")
    work = galleries.root / folder_of("ann") / f"{id}.work"
    work.unlink()
    work.symlink_to(secret)
    with pytest.raises(Refused):
        galleries.work("ann", id)
    (galleries.root / folder_of("ben")).symlink_to(folder, target_is_directory=True)
    assert Galleries(galleries.root, galleries.limits, lambda: clock[-1]).ids("ben") == []
    assert secret.read_bytes() == b"secret"


def test_what_was_left_half_written_is_cleared_away(galleries, clock):
    add(galleries, "ann")
    place = galleries.root / folder_of("ann")
    for name in (f"{'a' * 24}.work", f"{'b' * 24}.json", f"{'c' * 24}.work.1234.part"):
        (place / name).write_bytes(b"half")
    (place / "notes.txt").write_bytes(b"not ours")
    again = Galleries(galleries.root, galleries.limits, lambda: clock[-1])
    assert len(again.ids("ann")) == 1
    assert sorted(path.suffix for path in place.iterdir()) == [".json", ".txt", ".work"]


def test_a_thumbnail_is_made_once(galleries):
    add(galleries, "ann")
    (id,) = galleries.ids("ann")
    made = []

    def make(data):
        made.append(data)
        return b"small"

    assert galleries.small("ann", id, make) == galleries.small("ann", id, make) == b"small" and len(made) == 1


def test_what_somebody_deleted_by_hand_is_gone(galleries):
    add(galleries, "ann")
    (id,) = galleries.ids("ann")
    (galleries.root / folder_of("ann") / f"{id}.work").unlink()
    with pytest.raises(Refused):
        galleries.work("ann", id)
    assert galleries.ids("ann") == []


def test_many_at_once_lose_nothing(folder):
    galleries = Galleries(folder / "galleries", Limits())

    def work(person):
        for _ in range(20):
            add(galleries, person)
            galleries.remove(person, galleries.ids(person)[10:])

    threads = [threading.Thread(target=work, args=(f"person {n}",)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [len(galleries.ids(f"person {n}")) for n in range(8)] == [10] * 8
