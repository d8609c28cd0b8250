"""python -m training.families FAMILY: train one family on the poster scenes, ship and measure it.

What was stopped goes on where it was. `draft` is the light decoder that all of them share; the GAN first trains the
`features` that its second network looks through.
"""

import argparse
from pathlib import Path

from training import loop
from training.families import card, data, dense_vae, draft, features, gan, glow, ship, vqvae
from training.families.evaluate import as_table, evaluate
from training.families.export import STARTERS
from training.schedule import Schedule

FAMILIES = {"vae": dense_vae, "vqvae": vqvae, "gan": gan, "glow": glow, "draft": draft}
RATES = {"vae": 1e-3, "vqvae": 2e-3, "gan": 2e-3, "glow": 1e-3, "draft": 2e-3}
FEATURES_SECONDS = 300


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m training.families", description=__doc__)
    add = parser.add_argument
    add("family", choices=list(FAMILIES), help="which to train")
    add("--work", type=Path, default=Path("training/runs/families"), help="folder for data and checkpoints")
    add("--out", type=Path, default=STARTERS, help="folder of the starters (default: %(default)s)")
    add("--hours", type=float, default=0.5, help="of training in all; a larger number later goes on (default: 0.5)")
    add("--processes", type=int, default=2, help="one a core (default: 2)")
    add("--pictures", type=int, default=20_000, help="scenes to render (default: 20000)")
    add("--scenes", type=int, default=256, help="to measure with (default: 256)")
    add("--evaluate", action="store_true", help="only measure the shipped model, and print the table")
    options = parser.parse_args()
    if not options.evaluate:
        train(options.family, options.work, options.hours * 3600, options.pictures, options.processes)
    if options.family == "draft":
        ship.write_shared(options.work, options.out)
        return
    folder = options.out / f"poster-{options.family}"
    seconds = 0.0 if options.evaluate else ship.ship(options.family, options.work, folder)
    report = evaluate(options.family, folder, options.work, options.scenes)
    print(as_table(report), flush=True)
    if not options.evaluate:
        card.write(folder, report, seconds)


def train(family: str, work: Path, seconds: float, pictures: int, processes: int) -> None:
    data.prepare(work, pictures, processes)
    if family == "gan":
        loop.train(work, "features", features.begin, Schedule(FEATURES_SECONDS, rate=1e-3), processes)
    schedule = Schedule(seconds, rate=RATES[family], decay=0.5)
    loop.train(work, family, FAMILIES[family].begin, schedule, processes)


if __name__ == "__main__":
    main()
