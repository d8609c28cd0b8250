"""What files of LoRAs call the layers of a UNet that diffusers names otherwise; knows no tensor.

Trainers that start from a single checkpoint, as most do for Stable Diffusion XL, keep the names of Stability AI's code.
"""

import re

BLOCK = re.compile(r"(down|up)_blocks\.(\d+)\.(resnets|attentions)\.(\d+)\.(.+)")
MIDDLE = re.compile(r"mid_block\.(resnets|attentions)\.(\d+)\.(.+)")
SAMPLER = re.compile(r"(down|up)_blocks\.(\d+)\.(?:down|up)samplers\.0\.conv")
IN_RESNETS = {
    "conv1": "in_layers.2",
    "time_emb_proj": "emb_layers.1",
    "conv2": "out_layers.3",
    "conv_shortcut": "skip_connection",
}


def of_stability(name: str, layers_per_block: int) -> str:
    """The layer's name there; empty if it has none that is known here."""
    each = layers_per_block + 1  # a block ends with a layer of its own, or with the sampler
    if found := BLOCK.fullmatch(name):
        side, block, part, index, inner = found.groups()
        number = int(block) * each + int(index) + (side == "down")  # before the first one comes the layer of entry
        return f"{'input' if side == 'down' else 'output'}_blocks.{number}.{place(part, inner)}"
    if found := MIDDLE.fullmatch(name):
        part, index, inner = found.groups()
        number = 2 * int(index) if part == "resnets" else 1
        return f"middle_block.{number}.{place(part, inner).partition('.')[2]}"
    if found := SAMPLER.fullmatch(name):
        last = (int(found[2]) + 1) * each
        return f"input_blocks.{last}.0.op" if found[1] == "down" else f"output_blocks.{last - 1}.2.conv"
    return ""


def place(part: str, inner: str) -> str:
    """In its block: which of the two parts, and the layer in it."""
    return f"0.{IN_RESNETS.get(inner, inner)}" if part == "resnets" else f"1.{inner}"
