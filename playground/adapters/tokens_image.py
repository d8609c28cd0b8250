"""Text to image by a transformer that writes a picture's codes, from a local folder; knows no line and no recipe."""

import json
from pathlib import Path

import torch

from playground.adapters.latent_painter import encoded, open_folder
from playground.catalog import Model
from playground.events import Notice, Output, Preview, Step
from playground.nets.code_prior import CodePrior
from playground.nets.vqvae import VQVAE
from playground.params import ImageParams
from playground.prompts import loras, weights
from playground.stream import Emit


class TokensImage:
    """A prior of codes and the autoencoder that they are of, ready to draw."""

    def __init__(self, model: Model, device: str):
        folder = Path(model.source)
        self.prior = CodePrior(folder, device)
        codes = folder / json.loads((folder / "codes.json").read_text("utf-8"))["vqvae"]
        self.net, self.painter = open_folder(str(codes), VQVAE, device)

    @torch.inference_mode()
    def run(self, params: ImageParams, emit: Emit) -> None:
        """Emit a Step and a Preview a row of codes, then an Output for each picture; picture i has seed + i."""
        seeds = params.seeds
        prompts = [params.chosen(seed)["prompt"] for seed in seeds]
        if any(map(weights.weighs, prompts)):
            emit(Notice(weights.IGNORED))
        if any(map(loras.named, prompts)):
            emit(Notice("This model takes no LoRAs: those in the prompt change nothing."))
        total = self.prior.rows
        emit(Step(0, total))

        def tell(codes: torch.Tensor) -> None:
            done = codes.shape[1] // self.prior.columns
            emit(Step(done, total))
            if done < total:
                emit(Preview(tuple(encoded(picture, "JPEG") for picture in self.pictures(codes, draft=True))))

        codes = self.prior.drawn(
            [weights.plain(loras.without(prompt)) for prompt in prompts], seeds, params.guidance_scale, tell=tell
        )
        for index, picture in enumerate(self.pictures(codes.flatten(1))):
            emit(Output(encoded(picture, "PNG"), params.of_picture(index)))

    def pictures(self, codes: torch.Tensor, draft: bool = False):
        """Of the codes (n, k) there are; the rows that are missing are grey."""
        points = self.net.quantizer.points(codes.to(self.prior.device))
        missing = self.prior.rows * self.prior.columns - codes.shape[1]
        points = torch.cat([points, points.new_zeros(len(points), missing, points.shape[2])], dim=1)
        grid = points.view(-1, self.prior.rows, self.prior.columns, points.shape[2])
        return self.painter.pictures(self.net.decode_points(grid), draft)
