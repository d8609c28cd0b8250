"""The version of this program; knows nothing else."""

VERSION = "0.1.0"
