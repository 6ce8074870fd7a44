"""`make bench`: the county set-up, measured."""

from bench.county import main

main()
