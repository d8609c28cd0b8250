"""What the README claims, as commands: each compares with the floor (bare Gradio, a bare pipeline) in the same run."""
