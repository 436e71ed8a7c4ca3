"""Who makes the runs: this process, worker processes, or a Dask cluster."""
