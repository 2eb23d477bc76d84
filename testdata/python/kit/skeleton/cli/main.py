"""The table of the commands."""

from .kit.group import Root

root = Root(
    "desk",
    title="Things on a desk.",
    base_url="http://127.0.0.1:9",
    groups={
        "things": ("things", "What lies on the desk."),
        "shapes": ("shapes", "Shapes."),
        "broken": ("gone", "Cannot be loaded."),
    },
    version="1.2",
)
