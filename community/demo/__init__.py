"""The demo county: an invented place, loaded through the services that people use."""
