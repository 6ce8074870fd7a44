"""The demo county: an invented place, loaded through the services that people use.

One module per concept, each with ``load(at)``; they run in the order of `load_demo`. What an
earlier step made is found through `community.demo.context` by the codes of the data files.
"""
