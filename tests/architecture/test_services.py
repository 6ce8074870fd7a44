"""The house rules for services, checked."""

from __future__ import annotations

import inspect
import pkgutil
from importlib import import_module

import pytest

APPS = ("cms", "community", "councils", "points", "volunteers")
BY_KEYWORD = {inspect.Parameter.KEYWORD_ONLY, inspect.Parameter.VAR_KEYWORD}


def public_services():
    for app in APPS:
        try:
            package = import_module(f"{app}.services")
        except ModuleNotFoundError:
            continue
        for module in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
            functions = inspect.getmembers(import_module(module.name), inspect.isfunction)
            for name, function in functions:
                if function.__module__ == module.name and not name.startswith("_"):
                    yield pytest.param(function, id=f"{module.name}.{name}")


@pytest.mark.parametrize("service", list(public_services()))
class TestAService:
    def test_is_called_by_keyword(self, service):
        parameters = inspect.signature(service).parameters.values()

        assert {parameter.kind for parameter in parameters} <= BY_KEYWORD

    def test_says_what_it_does(self, service):
        assert inspect.getdoc(service)
