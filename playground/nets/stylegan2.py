"""The generator of StyleGAN2 (Karras et al. 2020, arXiv:1912.04958); knows no data and no discriminator.

Names and numbers of the state dict are those of NVIDIA's stylegan2-ada-pytorch, so that its generators load as they
are, once they are safetensors.
"""

import math
from collections.abc import Sequence

import torch
import torch.nn.functional as F
from torch import nn

GAIN = math.sqrt(2)  # keeps the variance behind a leaky rectifier of slope 0.2


class FullyConnectedLayer(nn.Module):
    """A linear layer whose weights are kept at unit variance and scaled when used, so that all learn alike."""

    def __init__(self, wide_in: int, wide_out: int, bias: float = 0.0, rate: float = 1.0, active: bool = False):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(wide_out, wide_in) / rate)
        self.bias = nn.Parameter(torch.full((wide_out,), bias / rate))
        self.rate, self.active = rate, active

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        y = F.linear(x, self.weight * (self.rate / math.sqrt(self.weight.shape[1])), self.bias * self.rate)
        return F.leaky_relu(y, 0.2) * GAIN if self.active else y


class MappingNetwork(nn.Module):
    """From z (n, z_dim) and a class (n, c_dim), one-hot, to w (n, w_dim)."""

    w_avg: torch.Tensor

    def __init__(self, z_dim: int, c_dim: int, w_dim: int, layers: int):
        super().__init__()
        self.layers = layers
        if c_dim:
            self.embed = FullyConnectedLayer(c_dim, w_dim)
        first = z_dim + (w_dim if c_dim else 0)
        for index in range(layers):
            wide_in = first if index == 0 else w_dim
            setattr(self, f"fc{index}", FullyConnectedLayer(wide_in, w_dim, rate=0.01, active=True))
        self.register_buffer("w_avg", torch.zeros(w_dim))

    def forward(self, z: torch.Tensor, c: torch.Tensor | None = None) -> torch.Tensor:
        x = normalized(z)
        if c is not None:
            x = torch.cat([x, normalized(self.embed(c))], dim=1)
        for index in range(self.layers):
            x = getattr(self, f"fc{index}")(x)
        return x


def normalized(x: torch.Tensor) -> torch.Tensor:
    """Each row of x (n, width) with a mean square of one."""
    return x * (x.square().mean(1, keepdim=True) + 1e-8).rsqrt()


def modulated(x: torch.Tensor, weight: torch.Tensor, styles: torch.Tensor, demodulate: bool, up: bool) -> torch.Tensor:
    """x (n, in, h, w) through `weight` (out, in, k, k), its input channels scaled by `styles` (n, in).

    Demodulated, every output channel has the weights of unit norm that scaling them and not x would give.
    """
    y = x * styles[:, :, None, None]
    if up:
        y = F.conv_transpose2d(y, weight.transpose(0, 1), stride=2)
        y = filtered(y, padding=(1, 1, 1, 1), gain=4)
    else:
        y = F.conv2d(y, weight, padding=weight.shape[-1] // 2)
    if demodulate:
        y = y * demodulation(weight, styles)[:, :, None, None]
    return y


def demodulation(weight: torch.Tensor, styles: torch.Tensor) -> torch.Tensor:
    """The factor (n, out) that brings the modulated weights of each output channel to unit norm."""
    return (styles.square() @ weight.square().sum((2, 3)).T + 1e-8).rsqrt()


def filtered(x: torch.Tensor, padding: tuple[int, int, int, int], gain: float) -> torch.Tensor:
    """x (n, channels, h, w), padded, smoothed by the binomial filter 1 3 3 1 both ways."""
    line = torch.tensor([1.0, 3.0, 3.0, 1.0], dtype=x.dtype, device=x.device) / 8
    square = (gain * line[:, None] * line)[None, None].repeat(x.shape[1], 1, 1, 1)
    return F.conv2d(F.pad(x, padding), square, groups=x.shape[1])


def doubled(x: torch.Tensor) -> torch.Tensor:
    """x (n, channels, h, w) at twice the size, smoothly."""
    n, channels, height, width = x.shape
    spread = x.new_zeros(n, channels, height, 2, width, 2)
    spread[:, :, :, 0, :, 0] = x
    return filtered(spread.reshape(n, channels, 2 * height, 2 * width), padding=(2, 1, 2, 1), gain=4)


class SynthesisLayer(nn.Module):
    """A modulated convolution with noise, bias and rectifier."""

    noise_const: torch.Tensor

    def __init__(self, wide_in: int, wide_out: int, w_dim: int, resolution: int, up: bool):
        super().__init__()
        self.up, self.resolution = up, resolution
        self.affine = FullyConnectedLayer(w_dim, wide_in, bias=1.0)
        self.weight = nn.Parameter(torch.randn(wide_out, wide_in, 3, 3))
        self.register_buffer("noise_const", torch.randn(resolution, resolution))
        self.noise_strength = nn.Parameter(torch.zeros(()))
        self.bias = nn.Parameter(torch.zeros(wide_out))

    def forward(self, x: torch.Tensor, w: torch.Tensor, noise: torch.Tensor | None) -> torch.Tensor:
        y = modulated(x, self.weight, self.affine(w), demodulate=True, up=self.up)
        if noise is not None:
            y = y + noise * self.noise_strength
        return F.leaky_relu(y + self.bias[:, None, None], 0.2) * GAIN


class ToRGBLayer(nn.Module):
    """A modulated 1 x 1 convolution to the picture's channels."""

    def __init__(self, wide_in: int, wide_out: int, w_dim: int):
        super().__init__()
        self.affine = FullyConnectedLayer(w_dim, wide_in, bias=1.0)
        self.weight = nn.Parameter(torch.randn(wide_out, wide_in, 1, 1))
        self.bias = nn.Parameter(torch.zeros(wide_out))

    def forward(self, x: torch.Tensor, w: torch.Tensor) -> torch.Tensor:
        styles = self.affine(w) / math.sqrt(self.weight.shape[1])
        return modulated(x, self.weight, styles, demodulate=False, up=False) + self.bias[:, None, None]


class SynthesisBlock(nn.Module):
    """One resolution: one or two layers, and what they add to the picture."""

    def __init__(self, wide_in: int, wide: int, w_dim: int, resolution: int, channels: int):
        super().__init__()
        self.first = wide_in == 0
        if self.first:
            self.const = nn.Parameter(torch.randn(wide, resolution, resolution))
        else:
            self.conv0 = SynthesisLayer(wide_in, wide, w_dim, resolution, up=True)
        self.conv1 = SynthesisLayer(wide, wide, w_dim, resolution, up=False)
        self.torgb = ToRGBLayer(wide, channels, w_dim)

    def layers(self) -> list[SynthesisLayer]:
        return [self.conv1] if self.first else [self.conv0, self.conv1]


class SynthesisNetwork(nn.Module):
    """From one w a layer to a picture."""

    def __init__(self, w_dim: int, channels: int, widths: Sequence[int]):
        super().__init__()
        self.resolutions, below = [4 * 2**i for i in range(len(widths))], 0
        for resolution, wide in zip(self.resolutions, widths, strict=True):
            setattr(self, f"b{resolution}", SynthesisBlock(below, wide, w_dim, resolution, channels))
            below = wide
        self.num_ws = 2 * len(self.resolutions)

    def blocks(self) -> list[SynthesisBlock]:
        return [getattr(self, f"b{resolution}") for resolution in self.resolutions]

    def forward(
        self,
        ws: torch.Tensor,
        noise: str = "const",
        dice: torch.Generator | None = None,
        resolution: int | None = None,
    ) -> torch.Tensor:
        """Pictures from ws (n, num_ws, w_dim). `noise`: const, random (drawn by `dice`) or none.

        `resolution`: what the layers up to there have painted, which is cheaper and lacks what the later ones add.
        """
        x, picture, index = ws.new_empty(0), None, 0
        for size, block in zip(self.resolutions, self.blocks(), strict=True):
            if block.first:
                x = block.const.expand(len(ws), -1, -1, -1)
            for layer in block.layers():
                x = layer(x, ws[:, index], drawn(layer, noise, len(ws), dice))
                index += 1
            added = block.torgb(x, ws[:, index])  # the next layer has this w too
            picture = added if picture is None else doubled(picture) + added
            if size == resolution:
                break
        assert picture is not None
        return picture


def drawn(layer: SynthesisLayer, kind: str, count: int, dice: torch.Generator | None) -> torch.Tensor | None:
    if kind == "random":
        shape = (count, 1, layer.resolution, layer.resolution)
        return torch.randn(shape, generator=dice).to(layer.bias.device)  # on a CPU, as the dice are
    return layer.noise_const if kind == "const" else None


class Generator(nn.Module):
    """z and a class to a picture (n, img_channels, resolution, resolution).

    `widths`: channels at resolution 4, 8, 16 and so on.
    """

    def __init__(
        self,
        z_dim: int = 64,
        c_dim: int = 0,
        w_dim: int = 128,
        img_channels: int = 3,
        widths: Sequence[int] = (128, 128, 64),
        mapping_layers: int = 4,
    ):
        super().__init__()
        self.z_dim, self.c_dim, self.w_dim = z_dim, c_dim, w_dim
        self.mapping = MappingNetwork(z_dim, c_dim, w_dim, mapping_layers)
        self.synthesis = SynthesisNetwork(w_dim, img_channels, widths)

    def ws(self, w: torch.Tensor, psi: float = 1.0) -> torch.Tensor:
        """w (n, w_dim), drawn towards the mean by truncation `psi`, for every layer: (n, num_ws, w_dim)."""
        return self.mapping.w_avg.lerp(w, psi)[:, None].repeat(1, self.synthesis.num_ws, 1)
