"""From arrays to charts: a tidy frame in, an Altair chart out; nothing here draws.

The four functions below are for users of the library; `symbols` and `equations` are what all pages, charts
and drawings have in common.
"""

from visualization.charts.cell_states import plot_cell_state_evolution
from visualization.charts.gates import analyze_gate_patterns, plot_gate_activations
from visualization.charts.gradients import plot_gradient_flow_comparison

__all__ = [
    "analyze_gate_patterns",
    "plot_cell_state_evolution",
    "plot_gate_activations",
    "plot_gradient_flow_comparison",
]
