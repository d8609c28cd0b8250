"""StyleGAN2 step by step, straight from the papers: weights modulated for each sample, zeros put in, plain filters.

It shares nothing with playground.nets and reads a state dict by two sets of names.
"""

import math

import numpy as np
import torch
import torch.nn.functional as F

SIDE, W, WIDTHS = 32, 10, (9, 8, 7, 6)


def nvidia(seed=0, c_dim=0, z_dim=12, layers=3):
    """Random weights under NVIDIA's names, with everything that could be left out different from zero."""
    dice = torch.Generator().manual_seed(seed)

    def some(*shape):
        return torch.randn(shape, generator=dice)

    def layer(name, wide_in, wide_out, side=0):
        found = {
            f"{name}.affine.weight": some(wide_in, W),
            f"{name}.affine.bias": 1 + some(wide_in),
            f"{name}.weight": some(wide_out, wide_in, *((3, 3) if side else (1, 1))),
            f"{name}.bias": some(wide_out),
        }
        return found | ({f"{name}.noise_const": some(side, side), f"{name}.noise_strength": some()} if side else {})

    weights = {"mapping.w_avg": some(W), "synthesis.b4.const": some(WIDTHS[0], 4, 4)}
    if c_dim:
        weights |= {"mapping.embed.weight": some(W, c_dim), "mapping.embed.bias": some(W)}
    for index in range(layers):
        wide = (z_dim + (W if c_dim else 0)) if index == 0 else W
        weights |= {f"mapping.fc{index}.weight": 100 * some(W, wide), f"mapping.fc{index}.bias": 100 * some(W)}
    for index, wide in enumerate(WIDTHS):
        name, side = f"synthesis.b{4 * 2**index}", 4 * 2**index
        square = torch.tensor([1.0, 3, 3, 1])[:, None] * torch.tensor([1.0, 3, 3, 1]) / 64
        weights |= {f"{name}.resample_filter": square} | layer(f"{name}.torgb", wide, 3)
        weights |= layer(f"{name}.conv1", wide, wide, side)
        if index:
            weights |= layer(f"{name}.conv0", WIDTHS[index - 1], wide, side)
            weights[f"{name}.conv0.resample_filter"] = square.clone()
    return weights


def rosinality(weights):
    """The same weights under rosinality's names, and the mean apart."""
    square = torch.tensor([1.0, 3, 3, 1])[:, None] * torch.tensor([1.0, 3, 3, 1]) / 16
    found = {"input.input": weights["synthesis.b4.const"][None]}
    for index in range(3):
        for kind in ("weight", "bias"):
            found[f"style.{index + 1}.{kind}"] = weights[f"mapping.fc{index}.{kind}"]
    convs = ["b4.conv1"] + [f"b{side}.conv{i}" for side in (8, 16, 32) for i in (0, 1)]
    for index, name in enumerate(convs):
        own, new = f"synthesis.{name}", f"convs.{index - 1}" if index else "conv1"
        found |= modulated_names(f"{new}.conv", own, weights)
        found[f"{new}.activate.bias"] = weights[f"{own}.bias"]
        found[f"{new}.noise.weight"] = weights[f"{own}.noise_strength"][None]
        found[f"noises.noise_{index}"] = weights[f"{own}.noise_const"][None, None]
        if name.endswith("conv0"):
            found[f"{new}.conv.blur.kernel"] = square
    for index, side in enumerate((4, 8, 16, 32)):
        new = f"to_rgbs.{index - 1}" if index else "to_rgb1"
        found |= modulated_names(f"{new}.conv", f"synthesis.b{side}.torgb", weights)
        found[f"{new}.bias"] = weights[f"synthesis.b{side}.torgb.bias"][None, :, None, None]
        if index:
            found[f"{new}.upsample.kernel"] = square
    return found, weights["mapping.w_avg"]


def modulated_names(new, own, weights):
    return {
        f"{new}.weight": weights[f"{own}.weight"][None],
        f"{new}.modulation.weight": weights[f"{own}.affine.weight"],
        f"{new}.modulation.bias": weights[f"{own}.affine.bias"],
    }


def picture_of(weights, z, psi, c=None):
    """(3, side, side) of one z (z_dim), by NVIDIA's names."""
    x = z / math.sqrt(float((z**2).mean()) + 1e-8)
    if c is not None:
        y = weights["mapping.embed.weight"] @ c / math.sqrt(len(c)) + weights["mapping.embed.bias"]
        x = torch.cat([x, y / math.sqrt(float((y**2).mean()) + 1e-8)])
    index = 0
    while (name := f"mapping.fc{index}") in {key.rpartition(".")[0] for key in weights}:
        x = 0.01 * (weights[f"{name}.weight"] @ x / math.sqrt(len(x)) + weights[f"{name}.bias"])
        x, index = rectified(x), index + 1
    w = weights["mapping.w_avg"] + psi * (x - weights["mapping.w_avg"])
    x, picture = weights["synthesis.b4.const"], torch.zeros(3, 2, 2)
    for side in (4, 8, 16, 32):
        name = f"synthesis.b{side}"
        for part in ("conv0", "conv1") if side > 4 else ("conv1",):
            x = convolved(x, weights, f"{name}.{part}", w, up=part == "conv0")
            x = x + weights[f"{name}.{part}.noise_strength"] * weights[f"{name}.{part}.noise_const"]
            x = rectified(x + weights[f"{name}.{part}.bias"][:, None, None])
        style = styled(weights, f"{name}.torgb", w) / math.sqrt(len(x))
        kernel = weights[f"{name}.torgb.weight"][:, :, 0, 0] * style
        added = torch.einsum("oi,ihw->ohw", kernel, x) + weights[f"{name}.torgb.bias"][:, None, None]
        picture = added + (upsampled(picture, 2, 1) if side > 4 else 0)
    return picture


def styled(weights, name, w):
    return weights[f"{name}.affine.weight"] @ w / math.sqrt(len(w)) + weights[f"{name}.affine.bias"]


def rectified(x):
    return torch.where(x > 0, x, 0.2 * x) * math.sqrt(2)


def convolved(x, weights, name, w, up):
    """A kernel of this sample's own; upsampling comes before it, as the papers define it."""
    kernel = weights[f"{name}.weight"] * styled(weights, name, w)[None, :, None, None]
    kernel = kernel / (kernel.square().sum((1, 2, 3), keepdim=True) + 1e-8).sqrt()
    if not up:
        return F.conv2d(x[None], kernel, padding=1)[0]
    return F.conv2d(upsampled(x, 3, 2)[None], kernel.flip(2, 3))[0]  # trained turned round, as their code has it


def upsampled(x, before, after):
    """A zero after every pixel and every line, some around all, and the filter 1 3 3 1 over it."""
    wide = np.zeros((len(x), 2 * x.shape[1], 2 * x.shape[2]), np.float32)
    wide[:, ::2, ::2] = x.numpy()
    wide = np.pad(wide, ((0, 0), (before, after), (before, after)))
    line = torch.tensor([1.0, 3.0, 3.0, 1.0]) / 4
    kernel = (line[:, None] * line)[None, None]
    return F.conv2d(torch.from_numpy(wide)[:, None], kernel)[:, 0]
