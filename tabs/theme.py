"""The colours and shapes Gradio's own components get; the palette itself is in assets/page/page.css."""

from pathlib import Path

from tabs.fastgradio import gr

LETTERS = Path(gr.__file__).parent / "templates/frontend/static/fonts/Quicksand/Quicksand-Bold.woff2"
"""What the page is written in, as a file."""

# What of Gradio's theme is which colour of ours; both light and dark, since the palette's variables change with them.
COLOURS = {
    "body_background_fill": "paper",
    "background_fill_primary": "sheet",
    "background_fill_secondary": "paper",
    "body_text_color": "ink",
    "body_text_color_subdued": "faded",
    "border_color_primary": "line",
    "border_color_accent": "accent",
    "color_accent": "accent",
    "link_text_color": "accent-text",
    "link_text_color_hover": "accent-text",
    "link_text_color_active": "accent-text",
    "link_text_color_visited": "accent-text",
    "block_background_fill": "sheet",
    "block_border_color": "line",
    "block_label_background_fill": "sheet",
    "block_label_text_color": "ink",
    "block_title_text_color": "ink",
    "block_info_text_color": "faded",
    "panel_background_fill": "sheet",
    "accordion_text_color": "ink",
    "input_background_fill": "field",
    "input_background_fill_focus": "field",
    "input_border_color": "line",
    "input_border_color_focus": "accent",
    "input_placeholder_color": "faded",
    "slider_color": "accent",
    "loader_color": "accent",
    "stat_background_fill": "accent",
    "error_background_fill": "sheet",
    "error_text_color": "ink",
    "button_primary_background_fill": "accent",
    "button_primary_background_fill_hover": "accent-deep",
    "button_primary_border_color": "accent",
    "button_secondary_background_fill": "field",
    "button_secondary_background_fill_hover": "line",
    "button_secondary_border_color": "line",
    "button_secondary_text_color": "ink",
    "button_cancel_background_fill": "ink",
    "button_cancel_background_fill_hover": "ink",
    "button_cancel_text_color": "paper",
}
SHAPES = {
    "block_border_width": "0px",
    "block_padding": "0px",
    "block_shadow": "none",
    "block_title_text_weight": "700",
    "block_label_border_width": "0px",
    "button_primary_shadow": "none",
    "button_primary_text_color": "white",
    "button_transition": "background 0.15s ease, transform 0.1s ease",
    "button_large_text_weight": "700",
    "input_border_width": "1.5px",
    "input_shadow": "none",
    "input_shadow_focus": "0 0 0 3px var(--glow)",
    "layout_gap": "20px",
}


def theme() -> gr.themes.Base:
    base = gr.themes.Base(
        primary_hue=gr.themes.colors.red,  # for the few places that take it directly, such as the ring of a focus
        secondary_hue=gr.themes.colors.red,
        radius_size=gr.themes.sizes.radius_lg,
        font=[gr.themes.LocalFont("Quicksand", weights=(400, 700)), "ui-rounded", "system-ui", "sans-serif"],
        font_mono=["ui-monospace", "monospace"],
    )
    values = {**{name: f"var(--{colour})" for name, colour in COLOURS.items()}, **SHAPES}
    dark = {f"{name}_dark": value for name, value in values.items() if hasattr(base, f"{name}_dark")}
    return base.set(**values, **dark)
