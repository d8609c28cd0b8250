"""Pictures as a language: captions and codes of the VQ-VAE in one stream, for a transformer that writes pictures."""
