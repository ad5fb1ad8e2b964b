"""Where heavy work runs: in this process, in several, or on a Dask cluster."""
