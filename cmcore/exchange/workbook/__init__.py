"""Excel workbooks, written and read: a sheet of any form, and what keeps the reading of a stranger's workbook safe."""
