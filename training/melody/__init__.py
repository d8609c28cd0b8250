"""The training of `melody`, an autoencoder of two bars of melody: data, loop, judgement, export."""
