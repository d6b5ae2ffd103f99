"""The scenario report: one content model (``build``), written as a PDF, a Word file or one self-contained page."""
