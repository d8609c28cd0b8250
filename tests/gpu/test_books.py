"""Bytes held and promised, and who would have to go."""

from playground.gpu.books import Books, State
from playground.gpu.ledger import Memory
from tests.gpu.fakes import resource


def books(*resources, total=1000, free=1000):
    result = Books()
    result.memory = Memory(total, free)
    for each in resources:
        result.model(each).become(State.READY)
    return result


def test_what_is_held_is_weights_and_the_workspace_of_those_who_work():
    ledger = books(resource("a", 100, 50), resource("b", 200, 70))
    assert (ledger.held(), ledger.room()) == (300, 700)
    ledger.lease(ledger.models["a"], resource("a", 100, 50), 0)
    ledger.lease(ledger.models["a"], resource("a", 100, 150), 0)
    assert (ledger.held(), ledger.at_work()) == (500, 200)
    ledger.models["b"].become(State.LOADING)
    assert ledger.held() == 570
    ledger.models["b"].become(State.LOST)
    ledger.release(ledger.models["a"], resource("a", 100, 50), 0)
    assert ledger.held() == 250


def test_a_load_has_the_room_that_is_neither_reserved_nor_used_by_others():
    ledger = books(resource("a", 300), free=650)
    assert ledger.room_to_load(ledger.model(resource("b", 1))) == 650
    ledger.memory = Memory(1000, 1000)  # mapped files do not show
    assert ledger.room_to_load(ledger.model(resource("b", 1))) == 700


def test_an_unknown_size_is_the_whole_device():
    ledger = books(resource("unknown", None))
    assert (ledger.held(), ledger.room()) == (1000, 0)
    assert not ledger.too_large(resource("other", None, workspace=10))
    assert ledger.too_large(resource("other", 990, workspace=20))


def test_victims_are_idle_unwanted_and_cheap_and_only_as_many_as_it_takes():
    ledger = books(*(resource(key, 100) for key in ("busy", "soon", "late", "dear", "cheap", "self")))
    ledger.models["busy"].leases = 1
    ledger.models["dear"].worth = 2.0
    wanted = {"soon": 1.0, "late": 5.0}

    def names(need):
        chosen = ledger.victims(need, "self", wanted)
        return chosen and [model.key for model in chosen]

    assert names(0) == []
    assert names(1) == ["cheap"]
    assert names(500) == ["cheap", "dear", "late", "soon", "busy"]
    assert names(501) is None


def test_each_transition_starts_a_new_epoch():
    ledger = books(resource("a", 100))
    epoch = ledger.models["a"].epoch
    (unload,) = ledger.drop([ledger.models["a"]])
    assert unload.epoch > epoch
    assert ledger.current("a", epoch, State.UNLOADING) is None
    assert ledger.current("a", unload.epoch, State.UNLOADING) is ledger.models["a"]
