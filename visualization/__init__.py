"""From arrays to charts: a tidy frame in, an Altair chart out; nothing here draws.

The functions below are for users of the library; `symbols` and `equations` are what all pages, charts
and drawings have in common.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from visualization.charts.cell_states import plot_cell_state_evolution
    from visualization.charts.gates import analyze_gate_patterns, plot_gate_activations
    from visualization.charts.gradients import plot_gradient_flow_comparison
    from visualization.charts.saving import save_chart

__all__ = [
    "analyze_gate_patterns",
    "plot_cell_state_evolution",
    "plot_gate_activations",
    "plot_gradient_flow_comparison",
    "save_chart",
]
_MODULES = dict(zip(__all__, ("gates", "cell_states", "gates", "gradients", "saving"), strict=True))


def __getattr__(name: str) -> Any:
    # Symbols and drawings do without Altair, which takes half a second: it is loaded with the first chart.
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"visualization.charts.{_MODULES[name]}"), name)
