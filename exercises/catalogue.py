"""The five exercises in words: what the command line lists and a page of the course offers."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Exercise:
    """One exercise.  goal: one sentence; minutes: about; hints: in steps, each beginning with its gap;
    question: to think about at the end, nothing checks it.
    """

    number: int
    title: str
    goal: str
    minutes: int
    hints: tuple[str, ...]
    question: str

    def first_hint(self, gap: int) -> int | None:
        """Return the number, from 1, of the first hint for a gap; None if there is no such gap."""
        return next((k for k, hint in enumerate(self.hints, 1) if hint.startswith(f"Gap {gap}: ")), None)


EXERCISES: list[Exercise] = [
    Exercise(
        1,
        "Build the LSTM",
        "Write the forward pass, backpropagation through time by hand, and gradient clipping.",
        120,
        (
            'Gap 1: np.concatenate([h_prev, x]) has H + D numbers, in this order; W["f"] @ them has H.',
            "Gap 1: f, i and o are shares, so use σ; C̃ may be negative, so use tanh.",
            "Gap 2: C is what is kept, f times the old C, plus what is added, i times C̃.",
            "Gap 2: h shows a share o of tanh(C), not of C.",
            "Gap 3: begin with h, C = h0, C0; in the loop call gates, then new_state; keep all six.",
            "Gap 4: h = o · tanh(C), so dL/dC gets dh · o · (1 − tanh²(C)); and the next step sends dC_next.",
            "Gap 5: C = f · C_prev + i · C̃: f is multiplied by C_prev, i by C̃, C̃ by i; in h, o is "
            "multiplied by tanh(C).",
            "Gap 5: the slope of σ is σ(1 − σ), that of tanh 1 − tanh²; f, i and o are values of σ, C̃ is one "
            "of tanh.",
            "Gap 6: dh of a step is dh_out[t] plus what comes back from the step after it; to the last step "
            "nothing comes back.",
            "Gap 6: z = W @ concat + b, so dW += np.outer(dz, concat), db += dz, and dconcat = W.T @ dz.",
            "Gap 6: the first H entries of dconcat belong to h_prev: add those of f, i, C̃ and o.",
            "Gap 6: along C, dC · f goes back to the step before.",
            "Gap 7: every sequence begins at h0 and C0; add dW / number of sequences, and the same for db.",
            "Gap 8: np.clip(g, low, high) for each array, and low is not 0.",
            "Gap 9: the norm is the square root of the sum of all squares, over all arrays together.",
            "Gap 9: multiply by limit / norm, but only if norm is larger than limit.",
            "Gap 10: w − learning_rate · g, with g from clip_by_norm.",
        ),
        "Take f = 0.5 and 20 steps. How much of dL/dC arrives along the cell state alone? On which other "
        "gradient paths can an error still come back?",
    ),
    Exercise(
        2,
        "Gate analysis",
        "Measure what the gates of a trained LSTM do while it reads a text.",
        45,
        (
            "Gap 1: gate > 0.9 is an array of True and False; its mean is the share of True.",
            "Gap 2: after n steps f ** n is left; take the logarithm of both sides of f ** n = 0.5.",
            "Gap 3: [c == char for c in text] picks the rows of f at which a character was read.",
            "Gap 3: the mean over these rows and over all units is one number; one for each different "
            "character.",
            "Gap 4: subtract the mean over steps from each unit, and from the signal.",
            "Gap 4: multiply, take the mean over steps, divide by both standard deviations (np.std).",
            'Gap 5: net.run(ids).values["C"][:, 0] is (T, H); np.argmax of np.abs finds the unit.',
        ),
        "A unit of C is large inside brackets. Does that show that the network uses this unit to know "
        "whether it is inside brackets? Which experiment would show it?",
    ),
    Exercise(
        3,
        "Ablation",
        "Clamp each gate of a trained LSTM: hold it at 0, at 1 and at its mean, and measure how much the "
        "loss rises.",
        45,
        (
            "Gap 1: with W = 0 a gate is σ(b) at every step. For which b is σ(b) the value?",
            "Gap 1: b = ln(value / (1 − value)); for 0 and 1 that is −∞ and ∞, and this is right.",
            'Gap 1: copy.deepcopy(net) is a network of its own; write with twin.weights["Wf"][...] = 0.',
            "Gap 2: inputs are ids[:-1], targets ids[1:]; forward gives the sum of T − 1 losses.",
            "Gap 3: the mean over the first two axes leaves one number for each unit.",
            "Gap 4: for each gate three calls of loss_per_character(held(…), held_out), each minus "
            "the loss of net.",
            "Gap 4: the means come from `learned`; the losses are all measured on `held_out`.",
        ),
        "Here the network was trained with the gate, and the gate was clamped afterwards. Another experiment "
        "trains a network without the gate. Which question does the second experiment answer? Can its result "
        "differ from yours?",
    ),
    Exercise(
        4,
        "Long-range recall",
        "Train an LSTM to name the first symbol after 20 steps of noise, right in 95 of 100 cases.",
        60,
        (
            "Gap 1: draw all of inputs with rng.integers(0, symbols, (gap + 2, batch_size)), then change the "
            "last row.",
            "Gap 1: np.full_like(inputs, -1) has no target anywhere; then set the last row to inputs[0].",
            "Gap 2: logits[-1] is (B, V); argmax(axis=1) gives an answer for each sequence.",
            "Gap 3: σ(1) ** 20 is 0.002, σ(3) ** 20 is 0.38: with which one is there an error left to "
            "learn from?",
            "Gap 4: net.forward(inputs, targets) without a state begins at zeros, as each batch must.",
            "Gap 4: np.linalg.norm(gradients) after backward; if it is above max_norm, "
            "gradients *= max_norm / norm.",
            "Gap 4: then adam.step(net.weights.flat, gradients, learning_rate).",
        ),
        "A plain RNN can learn to recall over 100 steps if the gap grows slowly from 5 "
        "(lstm.recall.experiment.curriculum). So it can remember a symbol for 100 steps. Why does it not "
        "learn this from long sequences alone?",
    ),
    Exercise(
        5,
        "GRU against LSTM",
        "Write the GRU, count the parameters of both cells, and measure how much of an error each cell "
        "sends back.",
        45,
        (
            "Gap 1: z and r are σ of W @ [h_prev, x] + b, as in the LSTM.",
            "Gap 1: the candidate sees r * h_prev in the place of h_prev, inside the concatenation.",
            "Gap 1: with our z near 1 the old state stays: h = z · h_prev + (1 − z) · h̃.",
            "Gap 2: a block of weights is H × (H + D) and has H biases; the LSTM has four, the GRU three.",
            "Gap 3: the gate is f = σ(bias); then n with f ** n = 0.5.",
            'Gap 4: random_cell("lstm", forget_bias=bias), random_cell("gru", keep_bias=bias).',
            "Gap 4: dh = gradient_flow(cell, random_inputs(steps)).dh; its last entry is the gradient with "
            "which the way back begins.",
        ),
        "The GRU has one state where the LSTM has two, h and C. What can an LSTM keep without showing it "
        "in h? Why can't a GRU do that?",
    ),
]
