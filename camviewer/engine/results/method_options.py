"""Checks and completes the options of a method, without importing torch."""

from __future__ import annotations

from camviewer.engine.errors import CamviewerError
from camviewer.engine.results.messages import MethodInfo, MethodOption, OptionValue, OptionValues


def all_options(info: MethodInfo, chosen: OptionValues) -> dict[str, OptionValue]:
    """Every option of a method, with the chosen value or its default.

    Raises:
        CamviewerError: an option does not exist or its value is not allowed.
    """
    known = {option.key: option for option in info.options}
    values = {option.key: option.default for option in info.options}
    for key, value in chosen:
        if key not in known:
            names = ", ".join(known)
            raise CamviewerError(
                f"{info.title} has no option called {key}.",
                f"It has: {names}." if names else "It has none.",
            )
        values[key] = checked_option(info, known[key], value)
    return values


def checked_option(info: MethodInfo, option: MethodOption, value: OptionValue) -> OptionValue:
    """The value as the option's own type.

    Raises:
        CamviewerError: the value is not allowed.
    """
    try:
        return _converted(option, value)
    except ValueError:
        raise CamviewerError(
            f"The option {option.key} of {info.title} cannot be {value}.",
            f"Choose {allowed_words(option)}.",
        ) from None


def allowed_words(option: MethodOption) -> str:
    """The allowed values of an option in words, for example ``8 to 512``."""
    if isinstance(option.default, bool):
        return "yes or no"
    if isinstance(option.default, str):
        return "one of: " + ", ".join(option.choices)
    return f"{option.low:g} to {option.high:g}"


_WORDS_FOR_BOOL = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}


def _converted(option: MethodOption, value: OptionValue) -> OptionValue:
    if isinstance(option.default, bool):
        words = str(value).lower()
        if words not in _WORDS_FOR_BOOL:
            raise ValueError
        return _WORDS_FOR_BOOL[words]
    if isinstance(option.default, str):
        if option.choices and value not in option.choices:
            raise ValueError
        return str(value)
    number: int | float = float(value)
    if isinstance(option.default, int):
        if number != int(number):
            raise ValueError
        number = int(number)
    if not option.low <= number <= option.high:
        raise ValueError
    return number


def options_of_words(info: MethodInfo, words: tuple[str, ...]) -> OptionValues:
    """Parses options that were typed as ``key=value``.

    Raises:
        CamviewerError: a word has no value, an option does not exist, or a value is not allowed.
    """
    chosen: list[tuple[str, OptionValue]] = []
    for word in words:
        key, equals, value = word.partition("=")
        if not equals:
            raise CamviewerError(
                f"{word} says no value for an option.", "Write it as key=value, as in seed=1."
            )
        chosen.append((key.strip(), value.strip()))
    return tuple(all_options(info, tuple(chosen)).items()) if chosen else ()
