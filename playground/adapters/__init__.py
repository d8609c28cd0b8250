"""One self-contained file a family of model; nobody imports these but `playground.catalog.load`."""
