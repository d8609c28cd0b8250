"""The denoiser's network, and what it is born with; knows no data and no training."""

from typing import Any

import torch
from diffusers import UNet2DConditionModel
from torch import nn

from training.poster.autoencoder import CHANNELS

SIDES = ((1, 0), (1, 2), (0, 1), (2, 1))
"""The taps of a 3 x 3 filter that look to the left, right, top and bottom."""


def make_unet() -> UNet2DConditionModel:
    """Three levels of 16, 8 and 4 positions: the last is so coarse that "on the left" can be learned."""
    unet = UNet2DConditionModel(
        sample_size=16,
        in_channels=CHANNELS,
        out_channels=CHANNELS,
        block_out_channels=(64, 96, 128),
        layers_per_block=1,
        down_block_types=("DownBlock2D", "CrossAttnDownBlock2D", "DownBlock2D"),
        up_block_types=("UpBlock2D", "CrossAttnUpBlock2D", "UpBlock2D"),
        cross_attention_dim=128,
        attention_head_dim=4,
        norm_num_groups=8,
        addition_embed_type="text",
        addition_embed_type_num_heads=4,
        resnet_time_scale_shift="scale_shift",
    )
    feel_the_borders(unet)
    return unet


@torch.no_grad()
def feel_the_borders(unet: UNet2DConditionModel, strength: float = 10.0) -> None:
    """Let the first four channels of the coarsest level say where the picture ends on each side.

    Nothing in a convolution or in attention tells left from right but the zeros around the picture, and training alone
    did not find them: without this, the network never learned what "on the left" means.
    """
    block: Any = unet.get_submodule("down_blocks.2.resnets.0")
    first, second, shortcut = block.conv1, block.conv2, block.conv_shortcut
    for channel, (row, column) in enumerate(SIDES):
        first.weight[channel] = 0
        first.weight[channel, :, row, column] = strength / first.in_channels  # the mean of its neighbours: 0 outside
        second.weight[channel] = 0
        second.weight[channel, channel, 1, 1] = 1
        shortcut.weight[channel] = 0
        for part in (first, second, shortcut):
            nn.init.zeros_(part.bias[channel : channel + 1])
