"""Executors of runs: this process, worker processes, a Dask cluster."""
