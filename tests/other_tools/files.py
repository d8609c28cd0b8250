"""Pictures as other tools write them, small, with true containers."""

import gzip
import io
import json
import struct

from PIL import Image, PngImagePlugin

from playground import exif

INFOTEXT = (
    "a red fox, (snow:1.2)\nNegative prompt: blurry\nSteps: 20, Sampler: DPM++ 2M, Schedule type: Karras, "
    "CFG scale: 7, Seed: 965400086, Size: 512x512, Model hash: 45dee52b01, Model: dreamshaper_8, Version: v1.10.1"
)
COMFYUI = {
    "3": {"class_type": "KSampler", "inputs": {
        "seed": ["20", 0], "steps": 20, "cfg": 8.0, "sampler_name": "dpmpp_2m", "scheduler": "karras", "denoise": 1.0,
        "model": ["11", 0], "positive": ["12", 0], "negative": ["7", 0], "latent_image": ["5", 0]}},
    "4": {"class_type": "CheckpointLoaderSimple", "inputs": {"ckpt_name": "sd15.safetensors"}},
    "5": {"class_type": "EmptyLatentImage", "inputs": {"width": 512, "height": 768, "batch_size": 1}},
    "6": {"class_type": "CLIPTextEncode", "inputs": {"text": ["21", 0], "clip": ["4", 1]}},
    "7": {"class_type": "CLIPTextEncode", "inputs": {"text": "blurry", "clip": ["4", 1]}},
    "11": {"class_type": "LoraLoader", "inputs": {"lora_name": "ink.safetensors", "model": ["4", 0], "clip": ["4", 1]}},
    "12": {"class_type": "ControlNetApplyAdvanced", "inputs": {"positive": ["6", 0], "negative": ["7", 0]}},
    "20": {"class_type": "PrimitiveInt", "inputs": {"value": 5}},
    "21": {"class_type": "PrimitiveString", "inputs": {"value": "a red fox"}},
}  # fmt: skip
FLUX = {
    "1": {"class_type": "SamplerCustomAdvanced", "inputs": {
        "noise": ["2", 0], "guider": ["3", 0], "sampler": ["4", 0], "sigmas": ["5", 0], "latent_image": ["6", 0]}},
    "2": {"class_type": "RandomNoise", "inputs": {"noise_seed": 9}},
    "3": {"class_type": "BasicGuider", "inputs": {"model": ["7", 0], "conditioning": ["8", 0]}},
    "4": {"class_type": "KSamplerSelect", "inputs": {"sampler_name": "euler"}},
    "5": {"class_type": "BasicScheduler", "inputs": {
        "model": ["7", 0], "scheduler": "simple", "steps": 4, "denoise": 1.0}},
    "6": {"class_type": "EmptySD3LatentImage", "inputs": {"width": 1024, "height": 1024}},
    "7": {"class_type": "UNETLoader", "inputs": {"unet_name": "flux1-dev.safetensors"}},
    "8": {"class_type": "FluxGuidance", "inputs": {"guidance": 3.5, "conditioning": ["9", 0]}},
    "9": {"class_type": "CLIPTextEncode", "inputs": {"text": "a red fox", "clip": ["10", 0]}},
}  # fmt: skip
INVOKEAI = {
    "generation_mode": "txt2img", "positive_prompt": "a red fox", "negative_prompt": "blurry", "width": 512,
    "height": 512, "seed": 5, "cfg_scale": 7.5, "steps": 30, "scheduler": "dpmpp_2m_k",
    "model": {"key": "x", "name": "Dreamshaper 8", "base": "sd-1"},
    "loras": [{"model": {"name": "ink"}, "weight": 0.7}], "controlnets": [{}], "app_version": "6.0",
}  # fmt: skip
FOOOCUS = {
    "prompt": "a red fox", "negative_prompt": "blurry", "styles": "['Fooocus V2', 'Fooocus Sharp']",
    "performance": "Speed", "resolution": "(1152, 896)", "guidance_scale": 4.0, "sharpness": 2.0,
    "base_model": "juggernautXL", "refiner_model": "None", "sampler": "dpmpp_2m_sde_gpu", "scheduler": "karras",
    "seed": "77", "lora_combined_1": "offset : 0.1", "version": "Fooocus v2.5.5",
}  # fmt: skip
NOVELAI = {
    "Title": "NovelAI generated image", "Description": "{red} fox, [snow] (x)", "Software": "NovelAI",
    "Source": "NovelAI Diffusion V4", "Comment": json.dumps({
        "steps": 28, "sampler": "k_euler_ancestral", "noise_schedule": "karras", "seed": 7, "scale": 5.5,
        "width": 832, "height": 1216, "uc": "1.5::blurry::", "request_type": "PromptGenerateRequest"}),
}  # fmt: skip


def png(texts=None, mode="RGB", size=(4, 4), **options):
    info = PngImagePlugin.PngInfo()
    for name, text in (texts or {}).items():
        info.add_text(name, text)
    return saved(Image.new(mode, size, "red"), "PNG", pnginfo=info, **options)


def saved(picture, format, **options):
    buffer = io.BytesIO()
    picture.save(buffer, format, **options)
    return buffer.getvalue()


def with_comment(format, text):
    """As A1111 writes it."""
    return saved(Image.new("RGB", (16, 16), "red"), format, exif=exif.written(text, ""))


def with_tags(tags):
    """A WebP as ComfyUI writes it: texts in EXIF tags of the first directory."""
    data = Image.Exif()
    for tag, text in tags.items():
        data[tag] = text
    return saved(Image.new("RGB", (16, 16), "red"), "WEBP", exif=data.tobytes())


def stealth(text, bands="A", packed=True, size=(40, 60)):
    """As Forge hides it: column by column in the lowest bits."""
    told = gzip.compress(text.encode()) if packed else text.encode()
    name = f"stealth_{'png' if bands == 'A' else 'rgb'}{'comp' if packed else 'info'}".encode()
    whole = name + struct.pack(">I", 8 * len(told)) + told
    bits = [byte >> shift & 1 for byte in whole for shift in range(7, -1, -1)]
    picture = Image.new("RGBA" if bands == "A" else "RGB", size, (200, 100, 50, 254)[: 4 if bands == "A" else 3])
    pixels = picture.load()
    assert pixels is not None and len(bits) <= size[0] * size[1] * len(bands)
    for number, bit in enumerate(bits):
        place, band = divmod(number, len(bands))
        x, y = divmod(place, size[1])
        values = list(pixels[x, y])  # pyright: ignore[reportArgumentType]  # an RGBA pixel has four
        band = 3 if bands == "A" else band
        values[band] = values[band] & ~1 | bit
        pixels[x, y] = tuple(values)
    return saved(picture, "PNG")
