"""The tables of what addresses say: names meet nobody else's, and links know them."""

from collections import Counter

import pytest

from lesson.frame.lessons import LESSONS
from tests.app import tables

TABLES = tables()
ROOMS = {lesson.file.removesuffix(".py").split("_", 1)[1] for lesson in LESSONS}
each_table = pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)


def test_tables_belong_to_pages():
    assert TABLES.keys() <= ROOMS and {"start", "gates", "exercises", "cheatsheet"} <= TABLES.keys()


def test_no_name_is_used_by_two_parameters():
    """Streamlit hands a value on to whichever widget has its key next: to that of another page, too."""
    names = Counter(parameter.name for table in TABLES.values() for parameter in table)
    assert [name for name, count in names.items() if count > 1] == []


@each_table
def test_a_former_name_of_a_page_means_one_parameter_of_it(table):
    names = Counter(name for parameter in table for name in (parameter.name, *parameter.former))
    assert [name for name, count in names.items() if count > 1] == []


@each_table
def test_a_default_is_one_that_can_be_chosen(table):
    for parameter in table:
        if hasattr(parameter, "low"):
            if parameter.low == parameter.high:  # its ends and its start are set where it is drawn
                continue
            assert parameter.low <= parameter.start <= parameter.high, parameter.name
        elif getattr(parameter, "options", ()):
            assert parameter.default in parameter.options, parameter.name


@each_table
def test_a_former_option_means_one_of_today(table):
    for parameter in table:
        former, options = getattr(parameter, "former_options", {}), getattr(parameter, "options", ())
        if options:  # without any, they depend on what else is chosen
            assert set(former.values()) <= set(options), parameter.name
        assert not set(former) & set(options), parameter.name
