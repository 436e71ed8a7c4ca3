"""Results folders: runs kept as they end, tables made of them, nothing half written."""
