"""A drawing as shapes of an office document (DrawingML, ISO/IEC 29500-1 and [MS-ODRAWXML] 2.1).

Word 2010 and later and LibreOffice show and edit the group of shapes; older programs read the
fallback, which is the same group in VML (ISO/IEC 29500-4). Neither needs a renderer or a picture.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from launchpolicy.papers.drawings.drawing import Drawing, DrawnBox, DrawnLine
from launchpolicy.papers.drawings.svg import COLOURS, GREY, HATCH, INK, clean_xml, line_colour

_NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wpg="http://schemas.microsoft.com/office/word/2010/wordprocessingGroup" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
)
_GROUP = "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup"
_EMU = 36_000
_INSET = 0.6


def as_drawingml(drawing: Drawing, number: int) -> str:
    """Return a paragraph (`w:p`) with the drawing as a group of shapes with text.

    Args:
        drawing: what to draw.
        number: of the drawing in its document, from 1; no two shapes may have one identifier.
    """
    first = number * 10_000
    extent = f'cx="{_emu(drawing.width)}" cy="{_emu(drawing.height)}"'
    name = quoteattr(clean_xml(drawing.name))
    description = quoteattr(clean_xml(drawing.description))
    shapes = "".join(_shape(box, first + place) for place, box in enumerate(drawing.boxes, 1))
    return (
        f'<w:p {_NAMESPACES}><w:pPr><w:keepLines/><w:jc w:val="center"/></w:pPr>'
        f"<w:r><w:rPr><w:noProof/></w:rPr><mc:AlternateContent>"
        f'<mc:Choice Requires="wpg"><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent {extent}/><wp:effectExtent l="0" t="0" r="0" b="0"/>'
        f'<wp:docPr id="{first}" name={name} descr={description}/>'
        f'<wp:cNvGraphicFramePr/><a:graphic><a:graphicData uri="{_GROUP}"><wpg:wgp>'
        f'<wpg:cNvGrpSpPr/><wpg:grpSpPr><a:xfrm><a:off x="0" y="0"/><a:ext {extent}/>'
        f'<a:chOff x="0" y="0"/><a:chExt {extent}/></a:xfrm></wpg:grpSpPr>'
        f"{shapes}</wpg:wgp></a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice>"
        f"<mc:Fallback>{_vml(drawing, first)}</mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )


def _shape(box: DrawnBox, identifier: int) -> str:
    inset = _emu(_INSET if box.align == "left" else 0)
    text = f"<wps:txbx><w:txbxContent>{_paragraphs(box)}</w:txbxContent></wps:txbx>"
    return (
        f'<wps:wsp><wps:cNvPr id="{identifier}" name="{identifier}"/><wps:cNvSpPr/><wps:spPr>'
        f'<a:xfrm><a:off x="{_emu(box.x)}" y="{_emu(box.y)}"/>'
        f'<a:ext cx="{_emu(box.width)}" cy="{_emu(box.height)}"/></a:xfrm>'
        f'<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>{_fill(box)}{_outline(box)}</wps:spPr>'
        f"{text if box.lines else ''}"
        f'<wps:bodyPr lIns="{inset}" tIns="0" rIns="0" bIns="0" anchor="ctr" wrap="square" '
        'vertOverflow="overflow"><a:noAutofit/></wps:bodyPr></wps:wsp>'
    )


def _fill(box: DrawnBox) -> str:
    if box.fill == "none":
        return "<a:noFill/>"
    colour = f'<a:srgbClr val="{COLOURS[box.fill][1:]}"/>'
    if box.fill == "reserved":
        ink = f'<a:fgClr><a:srgbClr val="{HATCH[1:]}"/></a:fgClr>'
        return f'<a:pattFill prst="ltUpDiag">{ink}<a:bgClr>{colour}</a:bgClr></a:pattFill>'
    return f"<a:solidFill>{colour}</a:solidFill>"


def _outline(box: DrawnBox) -> str:
    if not box.border:
        return "<a:ln><a:noFill/></a:ln>"
    colour = f'<a:solidFill><a:srgbClr val="{line_colour(box)[1:]}"/></a:solidFill>'
    return f'<a:ln w="{_emu(box.border)}">{colour}</a:ln>'


def _paragraphs(box: DrawnBox) -> str:
    return "".join(_paragraph(box, line) for line in box.lines)


def _paragraph(box: DrawnBox, line: DrawnLine) -> str:
    size = round(line.size * 2)  # in half points
    align = "left" if box.align == "left" else "center"
    return (
        f'<w:p><w:pPr><w:spacing w:before="0" w:after="0" w:line="{round(line.size * 1.2 * 20)}" '
        f'w:lineRule="exact"/><w:ind w:left="0" w:right="0" w:firstLine="0"/>'
        f'<w:jc w:val="{align}"/></w:pPr><w:r><w:rPr>'
        f'<w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:eastAsia="SimHei" '
        f'w:cs="Arial"/>{"<w:b/>" if line.is_bold else ""}'
        f'<w:color w:val="{(GREY if line.is_grey else INK)[1:]}"/>'
        f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr>'
        f'<w:t xml:space="preserve">{escape(clean_xml(line.text))}</w:t></w:r></w:p>'
    )


def _vml(drawing: Drawing, first: int) -> str:
    """Return the same group for programs that know no DrawingML shapes; units are 1/100 mm."""
    size = f"{round(drawing.width * 100)},{round(drawing.height * 100)}"
    rectangles = "".join(_vml_shapes(drawing, first))
    return (
        f'<w:pict><v:group id="_x0000_g{first}" alt={quoteattr(clean_xml(drawing.description))} '
        f'style="width:{drawing.width:.2f}mm;height:{drawing.height:.2f}mm" '
        f'coordorigin="0,0" coordsize="{size}">{rectangles}</v:group></w:pict>'
    )


def _vml_shapes(drawing: Drawing, first: int) -> Iterator[str]:
    for place, box in enumerate(drawing.boxes, 1):
        style = ";".join(
            f"{key}:{round(value * 100)}"
            for key, value in (
                ("left", box.x),
                ("top", box.y),
                ("width", box.width),
                ("height", box.height),
            )
        )
        fill = 'filled="f"' if box.fill == "none" else f'fillcolor="{COLOURS[box.fill]}"'
        hatch = f'<v:fill type="pattern" color2="{HATCH}"/>' if box.fill == "reserved" else ""
        line = (
            f'strokecolor="{line_colour(box)}" strokeweight="{box.border:.2f}mm"'
            if box.border
            else 'stroked="f"'
        )
        text = (
            f'<v:textbox inset="0,0,0,0"><w:txbxContent>{_paragraphs(box)}</w:txbxContent>'
            "</v:textbox>"
            if box.lines
            else ""
        )
        yield (
            f'<v:rect id="_x0000_s{first + place}" style="position:absolute;{style};'
            f'v-text-anchor:middle" {fill} {line}>{hatch}{text}</v:rect>'
        )


def _emu(millimetres: float) -> int:
    return round(millimetres * _EMU)
