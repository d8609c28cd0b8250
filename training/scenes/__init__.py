"""A renderer of captioned flat-design poster scenes, made of Pillow and numpy alone; knows nothing of models."""

from training.scenes.captions import caption, full_caption
from training.scenes.render import PICTURE_SIZE, render
from training.scenes.specification import Scene, draw_scene, draw_training_scene, is_held_out, mirrored

__all__ = [
    "PICTURE_SIZE",
    "Scene",
    "caption",
    "draw_scene",
    "draw_training_scene",
    "full_caption",
    "is_held_out",
    "mirrored",
    "render",
]
