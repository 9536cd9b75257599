"""Every field of Streamlit's message from a browser, and what nobody should write into it."""

from google.protobuf.descriptor import FieldDescriptor
from streamlit.proto.BackMsg_pb2 import BackMsg

from tests.bad_input.doors import CONTROL, MARKUP, RIGHT_TO_LEFT

_TEXTS = [
    "",
    "\0",
    MARKUP,
    RIGHT_TO_LEFT,
    CONTROL,
    "../../etc/passwd",
    "x" * 10_000,
    "\u0301" * 999,
    "{}",
    "[" * 9_000,
    "NaN",
    "1e999",
    "9" * 5_000,
    "null",
    "'",
    "$$ID-x-y",
    '"\\ud800"',
    "$$STREAMLIT_INTERNAL_KEY",
]
_NUMBERS = [0, 1, -1, 2**31 - 1, -(2**31), 2**63 - 1, -(2**63)]
_FLOATS = [0.0, -0.0, 1e308, -1e308, float("nan"), float("inf"), -float("inf"), 5e-324]
_BYTES = [b"", b"\0", b"\xff" * 999, b"PK\x03\x04", b"\x80\x04.", b"ARROW1\0\0" + b"\xff" * 99]
VALUES = {
    FieldDescriptor.TYPE_STRING: _TEXTS,
    FieldDescriptor.TYPE_BYTES: _BYTES,
    FieldDescriptor.TYPE_BOOL: [False, True],
    FieldDescriptor.TYPE_DOUBLE: _FLOATS,
    FieldDescriptor.TYPE_SINT64: _NUMBERS,
    FieldDescriptor.TYPE_INT32: _NUMBERS[:5],
    FieldDescriptor.TYPE_SINT32: _NUMBERS[:5],
    FieldDescriptor.TYPE_UINT64: [0, 1, 2**64 - 1],
    FieldDescriptor.TYPE_UINT32: [0, 2**32 - 1],
    FieldDescriptor.TYPE_INT64: _NUMBERS,
    FieldDescriptor.TYPE_ENUM: [0, 1, 99, -1],
}


def paths(descriptor=BackMsg.DESCRIPTOR):
    """Every field, as a path from the message down; what holds fields is a path of its own, too."""
    for field in descriptor.fields:
        yield (field.name,)
        if field.message_type is not None:
            for path in paths(field.message_type):
                yield (field.name, *path)


def field_of(path):
    """The description of a field."""
    descriptor = BackMsg.DESCRIPTOR
    for name in path:
        field = descriptor.fields_by_name[name]
        descriptor = field.message_type
    return field


def message_with(path, value=None, widget=""):
    """A message that has this field alone.  widget: the id of the widget that it belongs to, if any."""
    message = BackMsg()
    inner = message
    for name in path[:-1]:
        held = getattr(inner, name)
        inner = held.add() if hasattr(held, "add") else held
        inner.SetInParent() if hasattr(inner, "SetInParent") else None
        if name == "widgets":
            inner.id = widget
    field = field_of(path)
    if field.message_type is not None:
        held = getattr(inner, path[-1])
        held.add() if hasattr(held, "add") else held.SetInParent()
    elif hasattr(getattr(inner, path[-1]), "append"):
        getattr(inner, path[-1]).append(value)
    else:
        setattr(inner, path[-1], value)
    return message


def values_of(path):
    """What is written into a field: nothing where it holds fields itself."""
    field = field_of(path)
    return [None] if field.message_type is not None else VALUES[field.type]
