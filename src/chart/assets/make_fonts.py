#!/usr/bin/env python3
"""Cut "Disengage Sans", the font of the charts, from Inter 4.

    pip install fonttools brotli
    npm pack inter-ui@4.1.1 && tar xzf inter-ui-4.1.1.tgz
    python3 make_fonts.py package/web/Inter-Regular.woff2 DisengageSans-Regular.ttf regular
    python3 make_fonts.py package/web/Inter-SemiBold.woff2 DisengageSans-Bold.ttf bold

Inter is under the SIL Open Font License 1.1 and reserves no font name
(FONT-LICENSE.txt). What is changed, and why the family has another name:

* only the characters of CHARACTERS are kept;
* the figures 0-9 are the tabular ones, so that columns of numbers line up
  without a feature that a renderer may not apply;
* of the layout features only kerning and mark placement stay. Contextual
  alternates go: they would draw "->" as an arrow, and a label must show what
  was written;
* ascent and descent add up to 1.24 em. The drawing library takes the text
  height as 1.24 em when it writes a font size and as ascent + descent when it
  measures a width; with 1.24 the two agree;
* the semibold is the family's bold (weight 700): a chart has two weights.
"""

import sys

from fontTools import subset
from fontTools.ttLib import TTFont

FAMILY = "Disengage Sans"
VERSION = "Version 1.000"
EM_HEIGHT = 1.24

CHARACTERS = [
    (0x0020, 0x007E),  # Basic Latin
    (0x00A0, 0x00FF),  # Latin-1
    (0x0100, 0x017F),  # Latin Extended-A
    (0x0218, 0x021B),  # Romanian comma below
    (0x02BC, 0x02BC),  # modifier apostrophe
    (0x02BE, 0x02BF),  # half rings (transliterated Arabic)
    (0x02C6, 0x02C7),
    (0x02D8, 0x02DD),
    (0x0300, 0x030C),  # combining marks
    (0x0323, 0x0323),
    (0x0327, 0x0328),
    (0x0331, 0x0331),
    (0x0370, 0x03FF),  # Greek
    (0x0400, 0x045F),  # Cyrillic
    (0x0490, 0x0491),
    (0x1E0C, 0x1E0D),  # dotted letters of transliterated Arabic
    (0x1E24, 0x1E25),
    (0x1E62, 0x1E63),
    (0x1E6C, 0x1E6D),
    (0x1E92, 0x1E93),
    (0x2002, 0x200A),  # spaces
    (0x2010, 0x2015),  # dashes
    (0x2018, 0x201E),  # quotation marks
    (0x2020, 0x2022),
    (0x2026, 0x2026),
    (0x202F, 0x202F),
    (0x2030, 0x2030),
    (0x2032, 0x2033),
    (0x2039, 0x203A),
    (0x2070, 0x2070),  # super- and subscript figures
    (0x2074, 0x2079),
    (0x207B, 0x207B),
    (0x2080, 0x2089),
    (0x20AC, 0x20AC),
    (0x2116, 0x2116),
    (0x2122, 0x2122),
    (0x2190, 0x2199),  # arrows
    (0x21D2, 0x21D2),
    (0x2206, 0x2206),
    (0x220F, 0x220F),
    (0x2211, 0x2212),
    (0x2215, 0x2215),
    (0x2219, 0x221A),
    (0x221E, 0x221E),
    (0x2248, 0x2248),
    (0x2260, 0x2260),
    (0x2264, 0x2265),
    (0x25A0, 0x25A1),  # squares, triangles, diamonds, circles
    (0x25B2, 0x25B3),
    (0x25B6, 0x25B7),
    (0x25BC, 0x25BD),
    (0x25C0, 0x25C1),
    (0x25C6, 0x25C7),
    (0x25CB, 0x25CB),
    (0x25CF, 0x25CF),
    (0x2605, 0x2606),
    (0x2713, 0x2713),  # check and cross
    (0x2717, 0x2717),
]


def tabular_figures(font):
    """Point 0-9 at the glyphs of the `tnum` feature."""
    gsub = font["GSUB"].table
    swap = {}
    for record in gsub.FeatureList.FeatureRecord:
        if record.FeatureTag == "tnum":
            for index in record.Feature.LookupListIndex:
                for sub in gsub.LookupList.Lookup[index].SubTable:
                    swap.update(getattr(sub, "ExtSubTable", sub).mapping)
    for table in font["cmap"].tables:
        if not table.isUnicode():
            continue
        for code in range(ord("0"), ord("9") + 1):
            # Two tables may share one mapping: the second time round it is
            # already done.
            table.cmap[code] = swap.get(table.cmap[code], table.cmap[code])
    widths = {font["hmtx"][font.getBestCmap()[c]][0] for c in range(0x30, 0x3A)}
    if len(widths) != 1:
        sys.exit(f"the figures are not of one width: {sorted(widths)}")


def vertical_metrics(font):
    """Make ascent + descent EM_HEIGHT, the room shared above and below."""
    em = font["head"].unitsPerEm
    hhea, os2 = font["hhea"], font["OS/2"]
    height = round(EM_HEIGHT * em)
    extra = height - (hhea.ascent - hhea.descent)
    ascent = hhea.ascent + extra // 2
    descent = ascent - height
    hhea.ascent, hhea.descent, hhea.lineGap = ascent, descent, 0
    os2.sTypoAscender, os2.sTypoDescender, os2.sTypoLineGap = ascent, descent, 0
    os2.usWinAscent, os2.usWinDescent = ascent, -descent


def rename(font, style):
    """Give the face its own name and keep who made the original."""
    name, os2 = font["name"], font["OS/2"]
    bold = style == "Bold"
    kept = {n: name.getDebugName(n) for n in (0, 8, 9, 11, 13, 14)}
    name.names = []
    kept[0] += ". Modified: a subset of Inter with tabular figures."
    postscript = f"{FAMILY.replace(' ', '')}-{style}"
    kept.update(
        {
            1: FAMILY,
            2: style,
            3: f"1.000;{postscript}",
            4: f"{FAMILY} {style}",
            5: VERSION,
            6: postscript,
        }
    )
    for number, text in sorted(kept.items()):
        if text:
            name.setName(text, number, 3, 1, 0x409)
    os2.usWeightClass = 700 if bold else 400
    os2.achVendID = "NONE"
    # Bit 5 bold, bit 6 regular, bit 7 use the typographic metrics.
    os2.fsSelection = (1 << 7) | (1 << 5 if bold else 1 << 6)
    font["head"].macStyle = 1 if bold else 0


def main():
    if len(sys.argv) != 4 or sys.argv[3] not in ("regular", "bold"):
        sys.exit("usage: make_fonts.py SOURCE.woff2 OUTPUT.ttf regular|bold")
    source, output, style = sys.argv[1:]
    font = TTFont(source, recalcTimestamp=False)
    font.flavor = None
    tabular_figures(font)

    wanted = [c for low, high in CHARACTERS for c in range(low, high + 1)]
    options = subset.Options()
    options.layout_features = ["kern", "mark", "mkmk", "ccmp"]
    options.hinting = False
    options.glyph_names = False
    options.name_IDs = ["*"]
    options.notdef_outline = True
    options.recalc_timestamp = False
    options.drop_tables += ["DSIG", "STAT", "meta"]
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=wanted)
    cutter.subset(font)

    vertical_metrics(font)
    rename(font, style.capitalize())
    font.save(output)
    # The same face for browsers, half the size: an SVG carries it.
    font.flavor = "woff2"
    font.save(output.removesuffix(".ttf") + ".woff2")
    print(f"{output}: {len(font.getGlyphOrder())} glyphs")


if __name__ == "__main__":
    main()
