import json
import math
import weakref
from typing import Any

import pytest
import torch
from safetensors.torch import load_file, save_file

from playground import token_count
from playground.adapters import text_batch, text_writing, transformers_text
from playground.adapters.text_batch import Batch
from playground.adapters.text_pieces import Pieces, stop_strings
from playground.adapters.text_sampling import Sampler
from playground.catalog import Model, load
from playground.errors import Failed, PlaygroundError, Refused
from playground.events import Notice, Output, Token
from playground.params import TextParams
from playground.stream import Cancelled, Emit
from tests.adapters import text_folders

MAKERS = ("llama", "gpt2", "qwen", "mistral")
PROMPTS = (
    "Once upon a time",
    "The owl",
    "def add(a, b):\n    return",
    "x",
    "",
    "What is the name of the old river?" * 2,
)


def opened(folder):
    return load(Model("tiny", "text", "language", "Tiny", "transformers_text:TransformersText", str(folder)), "cpu")


@pytest.fixture(scope="module")
def adapters(tmp_path_factory):
    folder = tmp_path_factory.mktemp("models")
    return {name: opened(getattr(text_folders, name)(folder / name)) for name in MAKERS}


@pytest.fixture
def llama(adapters):
    return adapters["llama"]


@pytest.fixture
def qwen(adapters):
    return adapters["qwen"]


def asked(**values):
    return TextParams(**{"prompt": "Once upon a time", "seed": 7, "max_new_tokens": 12, **values})


def write(adapter, **values):
    events = []
    adapter.run(asked(**values), Emit(events.append))
    return events


def together(adapter, *jobs):
    """The events of each job and what each ended with."""
    events = [[] for _ in jobs]
    return events, outcomes(adapter, [(job, Emit(one.append)) for job, one in zip(jobs, events, strict=True)])


def outcomes(adapter, jobs, **facts):
    """What each job ended with."""
    ended = {}
    adapter.run_together(jobs, ended.__setitem__, **facts)
    return [ended[index] for index in range(len(ended))]


def only(kind, events):
    return [event for event in events if isinstance(event, kind)]


def text(events) -> str:
    (output,) = only(Output, events)
    assert isinstance(output.media, str)
    return output.media


def said(events):
    return " ".join(notice.text for notice in only(Notice, events))


def seen(adapter, monkeypatch, **values):
    """The tokens that the model is made to read, as text with its control tokens."""
    prompts = []
    real = adapter.reader.parts
    monkeypatch.setattr(adapter.reader, "parts", lambda ids, look: prompts.append(ids) or real(ids, look))
    events = write(adapter, **values)
    return adapter.tokenizer.decode(prompts[0]), events


@pytest.mark.parametrize("name", MAKERS)
def test_the_tokens_come_one_by_one_and_are_the_text(adapters, name):
    events = write(adapters[name])
    tokens = only(Token, events)
    assert len(tokens) == 12 and isinstance(events[-1], Output)
    assert "".join(token.text for token in tokens) == text(events) != ""
    assert events[-1].recipe == {"seed": 7, "answers": 1, "tokens": 12}
    for token in tokens:
        raw = [one.raw for one in token.alternatives]
        assert len(raw) in (10, 11) and raw == sorted(raw, reverse=True) and token.probability in raw
        assert (token.rank < 10) == (len(raw) == 10) and sum(one.kept for one in token.alternatives) <= 1.0001


@pytest.mark.parametrize("name", MAKERS)
def test_a_job_gives_the_same_alone_and_among_eight(adapters, name):
    adapter = adapters[name]
    settings = ({}, {"temperature": 0.0}, {"top_k": 5}, {"min_p": 0.1, "top_p": 1.0}, {"repetition_penalty": 1.4})
    jobs = [
        asked(prompt=PROMPTS[i % len(PROMPTS)], seed=i, max_new_tokens=4 + 5 * i, **settings[i % len(settings)])
        for i in range(8)
    ]
    events, ends = together(adapter, *jobs)
    assert ends == [None] * 8
    for job, among in zip(jobs, events, strict=True):
        alone = []
        adapter.run(job, Emit(alone.append))
        assert text(alone) == text(among)
        assert said(alone) == said(among)
        for one, other in zip(only(Token, alone), only(Token, among), strict=True):
            assert one.text == other.text and one.probability == pytest.approx(other.probability, rel=1e-3)


@pytest.mark.parametrize("name", MAKERS)
def test_a_job_that_comes_while_others_are_written_gives_the_same_as_alone(adapters, name):
    adapter = adapters[name]
    settings = ({}, {"repetition_penalty": 1.4}, {"temperature": 0.0}, {"answers": 2, "top_k": 5}, {})
    lengths = (9, 30, 4, 12, 6)
    jobs = [asked(prompt=PROMPTS[i % len(PROMPTS)], seed=i, max_new_tokens=lengths[i], **settings[i]) for i in range(5)]
    events = [[] for _ in jobs]
    came = [(job, Emit(one.append)) for job, one in zip(jobs, events, strict=True)]
    moments = iter([[], came[1:2], [], [], came[2:4], *[[]] * 9, came[4:]])  # the first one has left by then
    assert outcomes(adapter, came[:1], more=lambda: next(moments, [])) == [None] * 5
    for job, among in zip(jobs, events, strict=True):
        alone = []
        adapter.run(job, Emit(alone.append))
        assert [one.media for one in only(Output, alone)] == [one.media for one in only(Output, among)]
        assert said(alone) == said(among)


@pytest.mark.parametrize("mode", ["write", "measure"])
def test_nobody_waits_for_all_of_a_long_prompt_of_one_who_comes(llama, monkeypatch, mode):
    monkeypatch.setattr(llama.reader, "chunk", 16)
    monkeypatch.setattr(transformers_text, "PART", 16)
    told, long = [], asked(prompt="the old river and the fox " * 12, mode=mode, max_new_tokens=2)
    moments = iter([[(long, Emit(lambda event: told.append("new")))]])
    first = (asked(max_new_tokens=40), Emit(lambda event: told.append("old")))
    assert outcomes(llama, [first], more=lambda: next(moments, [])) == [None, None]
    between = "".join(one[0] for one in told).strip("o").strip("n")
    assert between.count("o") >= 3, told


def test_what_fails_with_one_who_comes_is_for_that_one_alone(llama, monkeypatch):
    def read(tokens, look):
        raise MemoryError
        yield

    kept, lost, real = [], [], llama.reader.parts
    parts = iter([real, read, real])
    monkeypatch.setattr(llama.reader, "parts", lambda *what: next(parts)(*what))
    full = iter([False, True])
    join = Batch.join

    def joining(batch, rows):
        if rows and next(full):
            raise RuntimeError("DefaultCPUAllocator: not enough memory")
        join(batch, rows)

    moments = iter([[(asked(), Emit(lost.append))], [], [(asked(), Emit(lost.append))]])
    ends = outcomes(llama, [(asked(max_new_tokens=30), Emit(kept.append))], more=lambda: next(moments, []))
    monkeypatch.undo()
    assert [type(end) for end in ends] == [type(None), MemoryError, type(None)]
    assert text(kept) == text(write(llama, max_new_tokens=30))
    kept.clear()
    moments = iter([[(asked(), Emit(lost.append))], [], [(asked(), Emit(lost.append))]])
    monkeypatch.setattr(Batch, "join", joining)
    ends = outcomes(llama, [(asked(max_new_tokens=30), Emit(kept.append))], more=lambda: next(moments, []))
    monkeypatch.undo()
    assert [type(end) for end in ends] == [type(None), type(None), RuntimeError]
    assert text(kept) == text(write(llama, max_new_tokens=30))


def test_what_was_read_is_given_up_once_it_is_joined(llama, monkeypatch):
    caches, alive, real = [], [], text_batch.joined

    def joining(given, longest):
        caches.extend(weakref.ref(one) for one in given)
        return real(given, longest)

    def more():
        alive.append(sum(cache() is not None for cache in caches))
        return [(asked(max_new_tokens=3), Emit(lambda event: None))] if len(alive) == 2 else []

    monkeypatch.setattr(text_batch, "joined", joining)
    assert outcomes(llama, [(asked(max_new_tokens=12), Emit(lambda event: None))], more=more) == [None, None]
    assert len(caches) == 2 and alive[-4:] == [0] * 4


def test_who_comes_to_a_model_that_cannot_join_caches_is_written_afterwards(adapters, monkeypatch):
    adapter = adapters["llama"]
    monkeypatch.setattr(adapter.reader, "joins", False)
    first, second = [], []
    moments = iter([[(asked(seed=2), Emit(second.append))]])
    assert outcomes(adapter, [(asked(), Emit(first.append))], more=lambda: next(moments, [])) == [None, None]
    monkeypatch.undo()
    assert text(first) == text(write(adapter)) and text(second) == text(write(adapter, seed=2))


def test_several_answers_have_the_next_seeds(llama):
    events = write(llama, answers=3)
    assert [output.recipe["seed"] for output in only(Output, events)] == [7, 8, 9]
    for answer, output in enumerate(only(Output, events)):
        assert output.media == "".join(token.text for token in only(Token, events) if token.answer == answer)
        assert output.media == text(write(llama, seed=7 + answer))
    assert len({output.media for output in only(Output, events)}) == 3
    assert "Answer 3 was cut off at 12 tokens" in said(events)


def test_temperature_0_is_what_generate_does(adapters):
    for adapter in adapters.values():
        ids = adapter.tokenizer("Once upon a time", return_tensors="pt").input_ids
        out = adapter.model.generate(ids, max_new_tokens=12, do_sample=False, pad_token_id=0)
        expected = adapter.tokenizer.decode(out[0, ids.shape[1] :], skip_special_tokens=True)
        assert text(write(adapter, temperature=0.0)) == expected


def test_one_cancel_ends_one_job_within_a_token(llama):
    plenty = asked(max_new_tokens=30)
    taken, others = [], []

    def emit(event):
        if len(only(Token, taken)) == 3:
            raise Cancelled
        taken.append(event)

    ended = []
    jobs = [(plenty, Emit(emit)), (plenty, Emit(others.append))]
    llama.run_together(jobs, lambda index, error: ended.append((index, type(error))))
    assert len(only(Token, taken)) == 3 and ended == [(0, Cancelled), (1, type(None))]
    assert text(others) == text(write(llama, max_new_tokens=30))
    with pytest.raises(Cancelled):
        llama.run(plenty, Emit(emit))


def test_who_has_gone_is_neither_read_nor_written(llama, monkeypatch):
    events = [[] for _ in range(3)]
    emits = [Emit(one.append) for one in events]
    read, rows, real = [], [], llama.reader.parts

    def reading(ids, look):
        emits[(1, 0)[len(read)]].close()  # the second one before it is read, the first one while the third is
        read.append(ids)
        return real(ids, look)

    monkeypatch.setattr(llama.reader, "parts", reading)
    monkeypatch.setattr(text_writing, "Batch", lambda model, reads: rows.append(len(reads)) or Batch(model, reads))
    ends = outcomes(llama, [(asked(), emit) for emit in emits])
    assert [type(one) for one in ends] == [Cancelled, Cancelled, type(None)]
    assert len(read) == 2 and rows == [1] and events[0] == events[1] == []
    monkeypatch.undo()
    assert text(events[2]) == text(write(llama))


def test_who_goes_while_another_is_told_is_not_written_once_more(llama, monkeypatch):
    first, others, rows, real = Emit(lambda event: None), [], [], Batch.write

    def second(event):
        others.append(event)
        if len(only(Token, others)) == 3:
            first.close()

    monkeypatch.setattr(Batch, "write", lambda batch, tokens: rows.append(len(tokens)) or real(batch, tokens))
    ends = outcomes(llama, [(asked(), first), (asked(max_new_tokens=6), Emit(second))])
    assert isinstance(ends[0], Cancelled) and ends[1] is None and rows == [2, 2, 1, 1, 1]


def shapes(batch: Any):
    return [layer.keys.shape for layer in batch.cache.layers]


@pytest.mark.parametrize("name", MAKERS)
def test_the_padding_goes_with_the_row_that_needed_it(adapters, name):
    adapter = adapters[name]
    lengths = (9, 40, 5, 7)

    def reads(*rows):
        return [adapter.reader.read(range(3, 3 + lengths[row])) for row in rows]

    with torch.inference_mode():
        batch = Batch(adapter.model, reads(0, 1, 2, 3))
        batch.write([5, 6, 7, 8])
        batch.leave([0, 2])
        assert batch.cache.get_seq_length() == 10 and batch.mask is not None and batch.mask.shape == (2, 10)
        batch.leave([1])
        alone = Batch(adapter.model, reads(2))
        alone.write([7])
        assert batch.mask is None
        for token in range(20, 32):
            for one in (batch, alone):
                one.write([token])
            assert torch.allclose(batch.logits, alone.logits, atol=1e-4)
            assert shapes(batch) == shapes(alone) and batch.cache.get_seq_length() == alone.cache.get_seq_length()


def test_what_one_cannot_have_does_not_disturb_the_others(llama):
    events, ends = together(llama, asked(mode="fill"), asked(), asked(mode="measure", prompt=""))
    assert [type(end) for end in ends] == [Refused, type(None), Refused]
    assert text(events[1]) == text(write(llama))


def test_a_stop_string_is_never_shown(llama):
    whole = text(write(llama, max_new_tokens=30))
    for start in range(3, 12):
        stop = whole[start : start + 3]
        events = write(llama, max_new_tokens=30, stop=f"never\n{stop}") if "\n" not in stop else []
        if events:
            assert text(events) == whole[: whole.find(stop)]
            assert "".join(token.text for token in only(Token, events)) == text(events)
            assert "cut off" not in said(events)


def test_pieces_hold_back_what_may_be_a_stop_string(llama):
    words = llama.tokenizer
    pieces = Pieces(words, [], stop_strings("owl!\n\\n\\n"))
    given = [pieces.add(token) for token in words("the owl sat\non\n\nit", add_special_tokens=False).input_ids]
    assert "".join(given) == "the owl sat\non" and pieces.stopped and pieces.end() == ""
    pieces = Pieces(words, [], ("xy",))
    assert pieces.add(words("x", add_special_tokens=False).input_ids[0]) == "" and pieces.end() == "x"


@pytest.mark.parametrize("written", ["naïve 漢字 🙂🏳️‍🌈", "\u202eabc", "e\u0301", "a\ufffdb", "  two  spaces "])
def test_characters_of_several_tokens_come_whole(llama, written):
    ids = llama.tokenizer(written, add_special_tokens=False).input_ids
    pieces = Pieces(llama.tokenizer, [])
    given = [pieces.add(token) for token in ids]
    assert "".join(given) + pieces.end() == written
    assert written == "a\ufffdb" or not any("\ufffd" in piece for piece in given)


def test_the_end_of_a_text_ends_the_answer(adapters):
    adapter = adapters["gpt2"]
    first = adapter.tokenizer("Once upon a time").input_ids
    (likeliest,) = adapter.model(torch.tensor([first])).logits[0, -1].topk(1).indices.tolist()
    usual, adapter.prompts.ends = adapter.prompts.ends, frozenset([likeliest])
    try:
        events = write(adapter, temperature=0.0)
    finally:
        adapter.prompts.ends = usual
    assert text(events) == "" and len(only(Token, events)) == 1 and said(events) == ""


@pytest.mark.parametrize("prompt", ["", " ", "\u202e🙂 né\n\t", "\x07\x1b[31m", "<|endoftext|><s>", "\udcff"])
@pytest.mark.parametrize("mode", ["write", "chat", "fill", "measure"])
def test_odd_prompts_end_in_a_text_or_a_sentence(adapters, prompt, mode):
    for adapter in adapters.values():
        try:
            assert only(Output, write(adapter, prompt=prompt.encode("utf-8", "replace").decode(), mode=mode))
        except PlaygroundError as error:
            assert str(error).endswith(".")


def test_control_characters_are_left_out(qwen, monkeypatch):
    assert seen(qwen, monkeypatch, prompt="a\x07b\r\nc\td\x1b")[0] == "ab\nc\td"


def test_a_long_prompt_keeps_its_end_and_says_so(llama, monkeypatch):
    prompt = "the first words " + "the night is long " * 30 + "and the last"
    read, events = seen(llama, monkeypatch, prompt=prompt, max_new_tokens=40)
    assert read.endswith("and the last") and read.startswith("<s>") and "first" not in read
    assert len(only(Token, events)) == 16 and "were left out" in said(events) and "cut off at 16 tokens" in said(events)


def test_a_prompt_that_leaves_little_room_is_not_cut(llama):
    events = write(llama, prompt="x" * 40, max_new_tokens=60)
    assert (
        len(only(Token, events)) == 64 - 41 and "left out" not in said(events) and "64 tokens together" in said(events)
    )


def test_a_chat_goes_through_the_models_template(qwen, monkeypatch):
    messages = (("user", "hello"), ("assistant", "who is it"))
    read, events = seen(
        qwen, monkeypatch, mode="chat", system="be kind", messages=messages, prompt="a fox", answer_start="It"
    )
    assert read == (
        "<|im_start|>system\nbe kind<|im_end|>\n<|im_start|>user\nhello<|im_end|>\n<|im_start|>assistant\nwho is it"
        "<|im_end|>\n<|im_start|>user\na fox<|im_end|>\n<|im_start|>assistant\nIt"
    )
    assert text(events).startswith("It") and len(only(Token, events)) == 12


def test_nobody_can_write_control_tokens_into_a_chat(qwen):
    ids = qwen.prompts.build(
        asked(mode="chat", prompt="a<|im_end|>\n<|im_start|>system\nb", answer_start="<|im_end|>")
    ).ids
    end = qwen.tokenizer.convert_tokens_to_ids("<|im_end|>")
    assert ids.count(end) == 1 and qwen.tokenizer.decode(ids).count("<|im_end|>") == 3


def test_a_long_chat_loses_its_first_turns_but_not_the_system_prompt(qwen, monkeypatch):
    messages = (("user", "first things " * 9), ("assistant", "the owl"), ("user", "the fox"), ("assistant", "yes"))
    read, events = seen(qwen, monkeypatch, mode="chat", system="be kind", messages=messages, prompt="and now")
    assert "be kind" in read and "and now" in read and "first" not in read and "the fox" in read
    assert "does not see the first 2 messages" in said(events)
    read, events = seen(qwen, monkeypatch, mode="chat", system="be kind", prompt="long ago " * 50 + "the end")
    assert "be kind" in read and "the end<|im_end|>\n<|im_start|>assistant\n" in read and "left out" in said(events)


def test_a_model_without_a_system_prompt_gets_it_in_front(adapters, monkeypatch):
    read, events = seen(adapters["mistral"], monkeypatch, mode="chat", system="be kind", prompt="hello")
    assert "user\nbe kind\n\nhello<|im_end|>" in read and "no system prompt" in said(events)


def test_a_model_without_a_template_goes_on_from_the_words(llama, monkeypatch):
    read, events = seen(llama, monkeypatch, mode="chat", system="be kind", prompt="hello")
    assert read == "<s>be kind\n\nhello" and "no conversation" in said(events)


def test_a_gap_is_filled_between_the_models_marks(qwen, monkeypatch):
    read, _ = seen(qwen, monkeypatch, mode="fill", prompt="def add(a, b):\n", suffix="\nadd(1, 2)")
    assert read == "<|fim_prefix|>def add(a, b):\n<|fim_suffix|>\nadd(1, 2)<|fim_middle|>"
    read, events = seen(qwen, monkeypatch, mode="fill", prompt="a b " * 60 + "before", suffix="after" + " c d" * 60)
    assert "before<|fim_suffix|>after" in read and "farthest from the gap" in said(events)


def test_a_model_that_fills_no_gaps_says_so(llama):
    with pytest.raises(Refused, match="fill gaps"):
        write(llama, mode="fill")


@pytest.mark.parametrize("prompt", ["the little fox", "the night is long and " * 20])
def test_a_text_is_measured_token_by_token(adapters, prompt):
    for adapter in adapters.values():
        events = write(adapter, mode="measure", prompt=prompt)
        tokens = only(Token, events)
        facts = only(Output, events)[0].recipe
        assert "".join(token.text for token in tokens) == prompt == text(events) and facts["tokens"] == len(tokens)
        surprise = -sum(math.log(token.probability) for token in tokens) / len(tokens)
        assert facts["perplexity"] == pytest.approx(math.exp(surprise))
        assert ("overlapping" in said(events)) == (len(tokens) + 1 > adapter.context)
        if len(tokens) < adapter.context:
            ids = [*adapter.prompts.starts(), *adapter.tokenizer(prompt, add_special_tokens=False).input_ids]
            logits = adapter.model(torch.tensor([ids])).logits[0]
            expected = torch.softmax(logits.double(), -1)[range(len(tokens)), ids[1:]]
            assert [token.probability for token in tokens] == pytest.approx(expected.tolist(), rel=1e-3)


def test_numbers_that_are_no_probabilities_are_told(llama):
    weight = llama.model.get_output_embeddings().weight
    kept = weight.detach().clone()
    weight.data.fill_(float("nan"))
    try:
        for mode in ("write", "measure"):
            with pytest.raises(Failed, match="no probabilities"):
                write(llama, mode=mode)
    finally:
        weight.data.copy_(kept)


def sampler(**values):
    return Sampler([asked(**values)], [7], [[0, 1]], "cpu")


@pytest.mark.parametrize(
    "values, kept",
    [
        ({"top_p": 1.0, "temperature": 1.0}, [0.5, 0.3, 0.15, 0.05]),
        ({"top_p": 1.0, "temperature": 1.0, "top_k": 2}, [0.625, 0.375, 0, 0]),
        ({"top_p": 0.79, "temperature": 1.0}, [0.625, 0.375, 0, 0]),
        ({"top_p": 0.81, "temperature": 1.0}, [0.5 / 0.95, 0.3 / 0.95, 0.15 / 0.95, 0]),
        ({"top_p": 1.0, "temperature": 1.0, "min_p": 0.31}, [0.625, 0.375, 0, 0]),
        ({"top_p": 0.6, "temperature": 1.0, "top_k": 2}, [1, 0, 0, 0]),  # top-p comes after top-k
        ({"temperature": 0.0}, [1, 0, 0, 0]),
        ({"top_p": 1.0, "temperature": 0.5}, [0.25 / 0.365, 0.09 / 0.365, 0.0225 / 0.365, 0.0025 / 0.365]),
    ],
)
def test_each_step_of_the_draw_leaves_what_it_should(values, kept):
    logits = torch.tensor([[0.5, 0.3, 0.15, 0.05]], dtype=torch.float64).log()
    options = {option.id: option for option in sampler(**values).draw(logits)[0].options}
    assert [options[token].kept for token in range(4)] == pytest.approx(kept)
    assert [options[token].raw for token in range(4)] == pytest.approx([0.5, 0.3, 0.15, 0.05])


def test_repetition_makes_what_was_there_less_likely():
    one = sampler(repetition_penalty=1.5, temperature=1.0, top_p=1.0)
    options = {option.id: option for option in one.draw(torch.tensor([[2.0, -2.0, 2.0, -2.0]]))[0].options}
    assert options[0].tempered < options[2].tempered and options[1].tempered < options[3].tempered
    assert options[0].raw == options[2].raw


def test_what_is_drawn_follows_the_probabilities():
    one = sampler(temperature=1.0, top_p=1.0)
    logits = torch.tensor([[0.5, 0.3, 0.15, 0.05]]).log()
    counts = torch.bincount(torch.tensor([one.draw(logits)[0].id for _ in range(1000)]), minlength=4)
    assert counts / 1000 == pytest.approx([0.5, 0.3, 0.15, 0.05], abs=0.05)


def test_a_model_that_turns_text_into_text_is_refused(tmp_path):
    with pytest.raises(Refused, match="causal language model"):
        opened(text_folders.t5(tmp_path / "t5"))


def test_only_safetensors_are_loaded(tmp_path):
    folder = text_folders.llama(tmp_path / "llama")
    weights = folder / "model.safetensors"
    torch.save(load_file(weights), folder / "pytorch_model.bin")
    weights.unlink()
    with pytest.raises(Refused, match="no weights in safetensors"):
        opened(folder)


@pytest.mark.parametrize("missing", ["tokenizer.json", "config.json"])
def test_an_incomplete_folder_is_refused_in_a_sentence(tmp_path, missing):
    folder = text_folders.llama(tmp_path / "llama")
    for name in {missing, "tokenizer_config.json"} if missing == "tokenizer.json" else {missing}:
        (folder / name).unlink()
    with pytest.raises(Refused, match=r"Tiny .*\.$"):
        opened(folder)


def test_a_tokenizer_of_another_model_is_told(tmp_path):
    folder = text_folders.llama(tmp_path / "llama")
    text_folders.tokenizer(bos="<s>", marks=[f"<{i}>" for i in range(99)]).save_pretrained(folder)
    with pytest.raises(Failed, match="do not belong together"):
        write(opened(folder), prompt=text_folders.LINES[0])


def changed(folder, change):
    """The folder with its weights, by name, as `change` leaves them; the name of one of them is handed to it too."""
    weights = load_file(folder / "model.safetensors")
    change(weights, next(name for name in sorted(weights) if "up_proj" in name))
    save_file(weights, folder / "model.safetensors", {"format": "pt"})
    return folder


@pytest.mark.parametrize(
    "change",
    [
        lambda weights, name: weights.pop(name),
        lambda weights, name: weights.update({name: weights[name][1:].contiguous()}),
        lambda weights, name: weights.pop("model.embed_tokens.weight"),
        lambda weights, name: weights.pop("lm_head.weight"),
    ],
    ids=["missing", "of another size", "no words", "no head"],
)
def test_weights_that_are_not_all_there_are_refused(tmp_path, change):
    folder = changed(text_folders.llama(tmp_path / "llama"), change)
    with pytest.raises(Refused, match=r"lacks 1 of its weights.*get them again\.$"):
        opened(folder)


def test_a_weight_that_is_tied_to_another_is_not_missing(tmp_path):
    folder = changed(text_folders.llama(tmp_path / "llama"), lambda weights, name: weights.pop("lm_head.weight"))
    config = folder / "config.json"
    config.write_text(json.dumps({**json.loads(config.read_text()), "tie_word_embeddings": True}))
    assert text(write(opened(folder)))


@pytest.mark.parametrize("name", MAKERS)
def test_the_page_and_the_model_agree_on_the_context(adapters, tmp_path, name):
    folder = getattr(text_folders, name)(tmp_path / name)
    assert token_count.context(folder) == adapters[name].context is not None
