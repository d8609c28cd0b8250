"""The poster scenes again, by the other families of generative models, in the latents of the poster's autoencoder."""
