"""python -m training.families FAMILY: train one family on the poster scenes, go on where it was stopped."""

import argparse
from pathlib import Path

from training import loop
from training.families import data, dense_vae, draft, gan, glow, vqvae
from training.schedule import Schedule

FAMILIES = {"vae": dense_vae, "vqvae": vqvae, "gan": gan, "glow": glow, "draft": draft}
RATES = {"vae": 1e-3, "vqvae": 2e-3, "gan": 2e-3, "glow": 1e-3, "draft": 2e-3}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m training.families", description=__doc__)
    add = parser.add_argument
    add("family", choices=list(FAMILIES), help="which to train")
    add("--work", type=Path, default=Path("training/runs/families"), help="folder for data and checkpoints")
    add("--hours", type=float, default=0.4, help="of training in all; a larger number later goes on (default: 0.4)")
    add("--processes", type=int, default=2, help="one a core (default: 2)")
    add("--pictures", type=int, default=20_000, help="scenes to render (default: 20000)")
    options = parser.parse_args()
    data.prepare(options.work, options.pictures, options.processes)
    schedule = Schedule(options.hours * 3600, rate=RATES[options.family], decay=0.5)
    loop.train(options.work, options.family, FAMILIES[options.family].begin, schedule, options.processes)


if __name__ == "__main__":
    main()
