"""The input workbook: a scenario as a file for a spreadsheet program, filled in by hand and read back exactly."""
