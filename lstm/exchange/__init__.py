"""To PyTorch, Keras and ONNX, and back: the same numbers, in each library's order.

layouts      one table: in which order each library keeps the gates
weights      a network's weights gate by gate, which every layout is made of
pytorch      `to_torch`, `from_torch`: a state_dict as a dictionary of arrays
keras, onnx  the same for the lists of Keras and the inputs of ONNX' operators
files        .safetensors and .npz files with PyTorch's names, read as untrusted files are
"""

from lstm.exchange.files import load_safetensors, read_model, save_safetensors
from lstm.exchange.keras import from_keras, to_keras
from lstm.exchange.layouts import KERAS, LAYOUTS, ONNX, PYTORCH, Layout
from lstm.exchange.onnx import from_onnx, to_onnx
from lstm.exchange.pytorch import from_torch, to_torch

__all__ = [
    "KERAS", "LAYOUTS", "ONNX", "PYTORCH", "Layout",
    "from_keras", "from_onnx", "from_torch", "load_safetensors", "read_model", "save_safetensors",
    "to_keras", "to_onnx", "to_torch",
]  # fmt: skip
