# The pages of docs/ as a site: make docs. The pages are those that GitHub shows; what only a site needs is here.
import re

project = "firestone"
extensions = ["myst_parser"]
myst_heading_anchors = 4  # the links of pages lead to headings as GitHub calls them
exclude_patterns = ["*.go"]

html_theme = "furo"
html_title = "firestone"
html_show_copyright = False
html_copy_source = False
html_show_sourcelink = False
html_use_index = False


def prepare(_app, name, source):
    """The README is no page of the site. The index names the pages in the order in which each has them at its side."""
    source[0] = re.sub(r"\[([^]]+)\]\(\.\./README\.md\)", r"\1", source[0])
    if name == "index":
        pages = dict.fromkeys(re.findall(r"\]\(([a-z]+)\.md\)", source[0]))
        source[0] += "\n```{toctree}\n:hidden:\n\n" + "\n".join(pages) + "\n```\n"


def setup(app):
    app.connect("source-read", prepare)
