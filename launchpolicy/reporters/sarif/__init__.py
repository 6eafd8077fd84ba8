"""Write the report as SARIF 2.1.0 (OASIS standard, 2020), for code scanning and editors."""
