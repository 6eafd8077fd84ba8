"""Write what people read of a ledger: pages, lists, periods."""
