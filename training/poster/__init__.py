"""How the starter `poster` is made: a Stable Diffusion in miniature on rendered scenes"""
