"""Imports: the ways in which one module reaches what another one binds."""

from __future__ import annotations

from generated.choices import Choices
from generated.source import Scope, SourceModule, Symbol


def use(choices: Choices, scope: Scope, symbol: Symbol) -> str:
    """An expression for a symbol; the module of the scope imports it if need be, the same way each time."""
    module = scope.module
    if symbol.module is module:
        return symbol.name
    if symbol not in module.reached:
        module.reached[symbol] = _import(choices.within(f"import {symbol}"), module, symbol)
    return module.reached[symbol]


def use_module(choices: Choices, scope: Scope, module: SourceModule) -> str:
    """An expression for another module."""
    probe = Symbol(module, "")
    own = scope.module
    if probe not in own.reached:
        node = choices.within(f"import {module}")
        text = node.pick("way", [_module, _renamed_module, _dotted])(node, own, probe)
        own.reached[probe] = text.removesuffix(".")
    return own.reached[probe]


def _import(choices: Choices, module: SourceModule, symbol: Symbol) -> str:
    package = _exporter(module, symbol)
    if package is not None and choices.chance("from package", 25):
        symbol = _exported(choices.within("export"), package, symbol)
    ways = [_name, _renamed_name, _module, _renamed_module, _dotted, _by_name, _star, _guarded]
    return choices.pick("way", ways)(choices, module, symbol)


def _name(choices: Choices, module: SourceModule, symbol: Symbol) -> str:
    if symbol.name == "router":  # the one name that several modules have
        return _renamed_name(choices, module, symbol)
    module.imports[f"from {_relative(choices, module, symbol.module.name)} import {symbol.name}"] = None
    return symbol.name


def _renamed_name(choices: Choices, module: SourceModule, symbol: Symbol) -> str:
    alias = module.draft.names.fresh(f"{symbol.name}_too")
    module.imports[f"from {_relative(choices, module, symbol.module.name)} import {symbol.name} as {alias}"] = None
    return alias


def _module(choices: Choices, module: SourceModule, symbol: Symbol) -> str:
    """``from package import module``."""
    package, _, name = symbol.module.name.rpartition(".")
    if not package:
        return _dotted(choices, module, symbol)
    module.imports[f"from {_relative(choices, module, package)} import {name}"] = None
    return f"{name}.{symbol.name}"


def _renamed_module(choices: Choices, module: SourceModule, symbol: Symbol) -> str:
    alias = module.draft.names.fresh(f"{symbol.module.name.rpartition('.')[2]}_module")
    module.imports[f"import {symbol.module.name} as {alias}"] = None
    return f"{alias}.{symbol.name}"


def _dotted(choices: Choices, module: SourceModule, symbol: Symbol) -> str:
    """``import package.module``. A package that is still being imported is not yet an attribute of the one around."""
    around = f"{module.package}."
    waiting = symbol.module.role == "main" or any(
        around.startswith(f"{package}.") for package in _packages(symbol.module)[1:]
    )
    if waiting:
        return _renamed_module(choices, module, symbol)
    module.imports[f"import {symbol.module.name}"] = None
    return str(symbol)


def _packages(module: SourceModule) -> list[str]:
    """The packages around a module, from the outside in."""
    parts = module.name.split(".")
    return [".".join(parts[:length]) for length in range(1, len(parts))]


def _by_name(choices: Choices, module: SourceModule, symbol: Symbol) -> str:
    """``importlib.import_module("package.module")``, whose name may be relative."""
    alias = module.draft.names.fresh("loaded")
    module.imports["import importlib"] = None
    call = f'"{symbol.module.name}"'
    if module.package and symbol.module.name.startswith(f"{module.package}.") and choices.chance("relative", 40):
        own = choices.pick("package", ["__package__", f'"{module.package}"'])
        call = f'"{symbol.module.name.removeprefix(module.package)}", {own}'
    module.imports[f"{alias} = importlib.import_module({call})"] = None
    if symbol.name[0].islower() and choices.chance("getattr", 30):
        return f'getattr({alias}, "{symbol.name}")'
    return f"{alias}.{symbol.name}"


def _star(choices: Choices, module: SourceModule, symbol: Symbol) -> str:
    if (
        symbol.module.has_router or symbol.module.style != module.style
    ):  # other names would come along, and hide own ones
        return _name(choices, module, symbol)
    module.imports[f"from {_relative(choices, module, symbol.module.name)} import *"] = None
    symbol.module.starred[symbol.name] = None
    return symbol.name


def _guarded(choices: Choices, module: SourceModule, symbol: Symbol) -> str:
    """An import that has an alternative."""
    alias = module.draft.names.fresh(f"{symbol.name}_or_none")
    line = f"from {_relative(choices, module, symbol.module.name)} import {symbol.name} as {alias}"
    module.imports[f"try:\n    {line}\nexcept ImportError:\n    {alias} = None"] = None
    return alias


def _relative(choices: Choices, module: SourceModule, dotted: str) -> str:
    """A dotted name of a package or module as ``from`` takes it: absolute, or relative where that is possible."""
    if not choices.chance("relative", 50) or not module.package:
        return dotted
    own, theirs = module.package.split("."), dotted.split(".")
    common = 0
    while common < min(len(own), len(theirs)) and own[common] == theirs[common]:
        common += 1
    if not common:
        return dotted
    return "." * (len(own) - common + 1) + ".".join(theirs[common:])


def _exporter(module: SourceModule, symbol: Symbol) -> SourceModule | None:
    """The package around the symbol's module, if it is complete before ``module`` is imported."""
    if symbol.module.is_package:
        return None
    for package in module.draft.modules:
        if package.is_package and package.name == symbol.module.package:
            inside = [own for own in module.draft.modules if f"{own.name}.".startswith(f"{package.name}.")]
            return package if all(own.order < module.order for own in inside) else None
    return None


def _exported(choices: Choices, package: SourceModule, symbol: Symbol) -> Symbol:
    """The symbol that a package binds to another's, which its ``__init__`` imports."""
    if symbol not in package.exported:
        if symbol in package.reached and package.reached[symbol].isidentifier():
            name = package.reached[symbol]
        elif choices.chance("as", 40) or symbol.name == "router":
            name = package.draft.names.fresh(f"{symbol.name}_exported")
            package.imports[
                f"from {_relative(choices, package, symbol.module.name)} import {symbol.name} as {name}"
            ] = None
        else:
            name = symbol.name
            package.imports[f"from {_relative(choices, package, symbol.module.name)} import {name}"] = None
        package.exported[symbol] = name
    return Symbol(package, package.exported[symbol])
