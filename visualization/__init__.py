"""From arrays to charts: a tidy frame in, an Altair chart out; nothing here draws."""

from visualization.gates import analyze_gate_patterns, plot_cell_state_evolution, plot_gate_activations
from visualization.gradients import plot_gradient_flow_comparison

__all__ = [
    "analyze_gate_patterns",
    "plot_cell_state_evolution",
    "plot_gate_activations",
    "plot_gradient_flow_comparison",
]
