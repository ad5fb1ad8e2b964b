"""`curate send` and `curate notify`: to the services that feeds.yaml names."""
