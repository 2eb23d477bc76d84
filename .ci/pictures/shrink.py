"""Reduces pictures to 256 colours, which is enough for pages of text and a third of the size."""

import sys

from PIL import Image

for path in sys.argv[1:]:
    with Image.open(path) as picture:
        reduced = picture.convert("RGB").quantize(256, kmeans=1, dither=Image.Dither.NONE)
    reduced.save(path, optimize=True)
