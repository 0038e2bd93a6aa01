"""Makes web/public/text-400.woff2 and text-600.woff2 from Source Sans 3 (npm package source-sans, SIL OFL 1.1).

    npm pack source-sans@3.52.0 && tar xzf source-sans-3.52.0.tgz
    pip install fonttools brotli
    python web/font/subset.py package/TTF web/public

Kept are the letters of Lithuanian and English with the marks our texts use; a letter of another language comes from the
system's font. The name changes because the licence reserves "Source" for the unchanged family.
"""

import sys

from fontTools import subset

KEPT = """20-7E A0 A7 A9 AB AD B0 B1 B2 B7 BB BD D7 E4 E9 F3 F6 FC 104 105 10C 10D 116-119 12E 12F 160 161 16A 16B 172 173
17D 17E 2011 2013 2014 2018-201A 201C-201E 2022 2026 2032 203A 20AC 2116 2190-2193 2212 2248 2264 2265 2713"""
NAME = "Tinklaveika Text"


def code_points():
    for part in KEPT.split():
        first, _, last = part.partition("-")
        yield from range(int(first, 16), int(last or first, 16) + 1)


def main(source, target):
    for weight, style in ((400, "Regular"), (600, "Semibold")):
        options = subset.Options()
        options.layout_features = ["kern", "tnum", "ccmp", "locl"]
        options.hinting = False
        options.flavor = "woff2"
        font = subset.load_font(f"{source}/SourceSans3-{style}.ttf", options)
        subsetter = subset.Subsetter(options)
        subsetter.populate(unicodes=list(code_points()))
        subsetter.subset(font)
        missing = [hex(point) for point in code_points() if point not in font.getBestCmap()]
        assert not missing, f"the source lacks {missing}"
        for record in font["name"].names:
            if record.nameID in (1, 3, 4, 16):
                record.string = NAME
            elif record.nameID == 6:
                record.string = NAME.replace(" ", "") + f"-{weight}"
        subset.save_font(font, f"{target}/text-{weight}.woff2", options)


if __name__ == "__main__":
    main(*sys.argv[1:])
