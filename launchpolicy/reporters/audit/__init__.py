"""An audit as a package of files: pages that print, tables for spreadsheets, JSON for programs."""
