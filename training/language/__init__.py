"""Training of small language models of any tokens: network, rows, loop, and what counting can do; knows no task."""
