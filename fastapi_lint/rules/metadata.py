"""What must hold for the metadata of a rule: each check returns what is wrong, in words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from string import Formatter

from fastapi_lint.diagnostics import Confidence, Severity
from fastapi_lint.rules.api import HOOKS, Option, Rule

PROFILES = ("recommended", "strict")
"""The profiles that a rule may belong to."""

FIXES = ("none", "safe", "unsafe", "varies")
"""What a rule may say of its fix."""

OPTION_TYPES: dict[str, type] = {"bool": bool, "int": int, "str": str, "list[str]": tuple}
"""The types of options and the Python types of their defaults."""

_CODE = re.compile(r"FAL\d{3}")
_NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_STANDARD = re.compile(r"[A-Z]{2,3}-\d+")
_RESERVED = frozenset({"self", "message", "location", "related", "fix", "confidence", "severity", "redact", "flow"})


def overridden_hooks(rule: type[Rule]) -> tuple[str, ...]:
    """The names of the hooks that ``rule`` overrides, in the order in which the engine calls them."""
    return tuple(hook for hook in HOOKS if getattr(rule, hook) is not getattr(Rule, hook))


def metadata_problems(rule: type[Rule], *, prefix: str, module: str, needs_hook: bool = True) -> list[str]:
    """What is wrong with the metadata of ``rule``; nothing if it is sound.

    Args:
        rule: the class.
        prefix: what its code must begin with, that of its group.
        module: the last part of the name of its module, which must be the rule's name with underscores.
        needs_hook: whether it must override a hook (the engine itself reports the findings of some rules).
    """
    return [
        *_identity_problems(rule, prefix, module),
        *_level_problems(rule),
        *_standard_problems(rule),
        *_message_problems(rule),
        *_option_problems(rule),
        *_hook_problems(rule, needs_hook),
    ]


def _identity_problems(rule: type[Rule], prefix: str, module: str) -> Iterator[str]:
    """Code and name."""
    code, name = getattr(rule, "code", None), getattr(rule, "name", None)
    if not isinstance(code, str) or not _CODE.fullmatch(code):
        yield f"the code {code!r} is not FAL and three digits"
    elif not code.startswith(prefix):
        yield f"the code {code} does not begin with {prefix}, as those of its folder do"
    if not isinstance(name, str) or not _NAME.fullmatch(name):
        yield f"the name {name!r} is not lower-case words joined by hyphens"
    elif name.replace("-", "_") != module:
        yield f"the module is named {module}, but the rule {name}"


def _level_problems(rule: type[Rule]) -> Iterator[str]:
    """Severity, confidence, profile and fix."""
    if not isinstance(rule.severity, Severity):
        yield f"the severity {rule.severity!r} is no Severity"
    if not isinstance(rule.confidence, Confidence):
        yield f"the confidence {rule.confidence!r} is no Confidence"
    if rule.profile not in PROFILES:
        yield f"the profile {rule.profile!r} is none of {', '.join(PROFILES)}"
    if rule.fix not in FIXES:
        yield f"the fix {rule.fix!r} is none of {', '.join(FIXES)}"


def _standard_problems(rule: type[Rule]) -> Iterator[str]:
    """The ids of standards; whether they exist is for the documentation to say."""
    if not isinstance(rule.standards, tuple):
        yield "standards is not a tuple"
        return
    for standard in rule.standards:
        if not isinstance(standard, str) or not _STANDARD.fullmatch(standard):
            yield f"the standard {standard!r} is no id such as API-1"
    if len(set(rule.standards)) != len(rule.standards):
        yield "a standard is named twice"


def _message_problems(rule: type[Rule]) -> Iterator[str]:
    """Message templates."""
    if not rule.messages:
        yield "there are no messages"
    for key, template in rule.messages.items():
        if not _NAME.fullmatch(key):
            yield f"the message id {key!r} is not lower-case words joined by hyphens"
        if not template.strip() or template != template.strip() or "\n" in template:
            yield f"the message {key!r} is empty, has several lines or outer spaces"
        try:
            fields = [field for _, field, _, _ in Formatter().parse(template) if field is not None]
        except ValueError as error:
            yield f"the message {key!r} is no template: {error}"
            continue
        for field in fields:
            if not field.isidentifier() or field in _RESERVED:
                yield f"the field {{{field}}} of the message {key!r} is no name that `finding` can be given"


def _option_problems(rule: type[Rule]) -> Iterator[str]:
    """Options."""
    if not isinstance(rule.options, tuple) or not all(isinstance(option, Option) for option in rule.options):
        yield "options is not a tuple of Option"
        return
    names = [option.name for option in rule.options]
    for option in rule.options:
        if not _NAME.fullmatch(option.name):
            yield f"the option name {option.name!r} is not lower-case words joined by hyphens"
        if names.count(option.name) > 1:
            yield f"the option {option.name!r} is declared twice"
        if not option.help.strip():
            yield f"the option {option.name!r} has no help"
        expected = OPTION_TYPES.get(option.type)
        if expected is None:
            yield f"the type {option.type!r} of the option {option.name!r} is none of {', '.join(OPTION_TYPES)}"
        elif not _is_of(option.default, expected):
            yield f"the default of the option {option.name!r} is no {option.type}: {option.default!r}"


def _is_of(value: object, expected: type) -> bool:
    """Whether ``value`` is exactly an ``expected`` (a bool is no int here); the items of a tuple are strings."""
    return type(value) is expected and (not isinstance(value, tuple) or all(isinstance(item, str) for item in value))


def _hook_problems(rule: type[Rule], needs_hook: bool) -> Iterator[str]:
    """Hooks: at least one, and no method that looks like one and is never called."""
    for name in vars(rule):
        if name.startswith("check_") and name not in HOOKS:
            yield f"the method {name} looks like a hook, but there is none of that name"
    if needs_hook and not overridden_hooks(rule):
        yield "it overrides no hook, so it never reports anything"
