"""What may be set of a method, and what it is set to; plain data, without torch."""

from __future__ import annotations

from camviewer.engine.errors import CamviewerError
from camviewer.engine.results.messages import MethodInfo, MethodOption, OptionValue, OptionValues


def all_options(info: MethodInfo, chosen: OptionValues) -> dict[str, OptionValue]:
    """Every option of a method, with what was chosen in place of its default.

    Raises:
        CamviewerError: an option does not exist or must not have this value.
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
        CamviewerError: it must not be that.
    """
    try:
        return _converted(option, value)
    except ValueError:
        raise CamviewerError(
            f"The option {option.key} of {info.title} cannot be {value}.",
            f"Choose {allowed_words(option)}.",
        ) from None


def allowed_words(option: MethodOption) -> str:
    """What an option may be, for example ``8 to 512``."""
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
    """Options from ``key=value`` as they are typed.

    Raises:
        CamviewerError: a word has no value, or an option does not exist or must not be that.
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
