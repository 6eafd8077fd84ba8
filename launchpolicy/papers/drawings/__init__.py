"""Drawings of papers: boxes with text, measured in millimetres, as SVG and as shapes of Office."""
