// The elements of the drawing, for sizes H and D: which vectors stand beside each other.  No numbers yet.

const GATES = { // spoken, letter, what squashes z, and the index of W, b and z
  f: ["forget", "f", "σ", "f"], i: ["input", "i", "σ", "i"],
  C_tilde: ["candidate", "C̃", "tanh", "C"], o: ["output", "o", "σ", "o"],
}
const SYMBOL = { // whose colour a vector has, where it isn't its own
  h_prev: "h", C_prev: "C", kept_part: "f", added_part: "i", tanh_C: "h", logits: "x", y: "x",
  z_f: "f", z_i: "i", z_C: "C_tilde", z_o: "o", b_f: "f", b_i: "i", b_C: "C_tilde", b_o: "o",
}

const el = (tag, attributes = {}, ...children) => {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value)
  element.append(...children) // strings become text, never markup
  return element
}

const each = (count, make) => Array.from({ length: count }, (_, k) => make(k))

const symbol = (letter, index, of) => el("i", { "data-symbol": of }, letter, el("sub", {}, index))

const character = (char) => el("span", { class: "char" }, char)

const term = (name, shape) => el("span", { class: "term" }, name, el("small", {}, shape))

const head = (name, shape, attributes = {}) =>
  el("th", { scope: "col", ...attributes }, name, " ", el("small", {}, shape))

const cell = (name, k, unit = k) => {
  const attributes = { class: "value", "data-value": name, "data-k": k, "data-symbol": SYMBOL[name] ?? name }
  return el("td", unit === null ? attributes : { ...attributes, "data-unit": unit })
}

// -- a gate: what it reads, its matrix below, one row a unit --

const equation = ({ H, D }, gate) => {
  const [, letter, squash, index] = GATES[gate]
  const read = el("span", {}, "[", symbol("h", "t−1", "h"), ", ", symbol("x", "t", "x"), "]")
  return [term(symbol(letter, "t", gate), `(${H},)`), ` = ${squash}(`,
    term(symbol("W", index, gate), `(${H}, ${H + D})`), " · ", term(read, `(${H + D},)`), " + ",
    term(symbol("b", index, gate), `(${H},)`), ")"]
}

const matrix = ({ H, D, chars }, gate) => {
  const [spoken, letter, squash, index] = GATES[gate]
  const z = () => el("i", { "data-symbol": gate }, "z")
  const group = { scope: "colgroup", class: "group" }
  const groups = el("tr", {}, el("td"),
    head(symbol("h", "t−1", "h"), `(${H},)`, { ...group, colspan: H }),
    head(symbol("x", "t", "x"), `(${D},), one-hot`, { ...group, colspan: D }), el("td", { colspan: 3 }))
  const read = el("tr", { class: "concat" }, head("[h, x]", `(${H + D},)`, { scope: "row" }),
    ...each(H, (k) => cell("h_prev", k)),
    ...chars.map((char, k) => el("td", { class: "hot", "data-column": k, "data-symbol": "x" },
      character(char), el("span", { class: "bit" }))),
    head(el("span", {}, "+ ", symbol("b", index, gate)), `(${H},)`, { class: "bias" }),
    head(el("span", {}, "= ", z()), `(${H},)`),
    head(el("span", {}, symbol(letter, "t", gate), ` = ${squash} `, z()), `(${H},)`))
  const name = el("tr", { class: "name" }, el("td"), el("td", { colspan: H + D + 3 }, symbol("W", index, gate),
    el("small", {}, ` (${H}, ${H + D}): one row for each unit; the 1 in `), symbol("x", "t", "x"),
    el("small", {}, " picks one column")))
  const weight = (k, c) => {
    const attributes = { class: "value weight", "data-weight": `${k},${c}`, "data-symbol": gate, "data-unit": k }
    return el("td", c < H ? attributes : { ...attributes, "data-column": c - H }, el("span"))
  }
  const follow = (k) => el("button",
    { type: "button", "data-unit": k, "aria-label": `Row ${k + 1}: follow unit ${k + 1}` },
    el("span", {}, "row "), String(k + 1))
  const rows = each(H, (k) => el("tr", {}, el("th", { scope: "row", "data-unit": k }, follow(k)),
    ...each(H + D, (c) => weight(k, c)), cell(`b_${index}`, k), cell(`z_${index}`, k), cell(gate, k)))
  const dense = 57 * H + 50 * D > 790 // pixels: there is no room for every number
  const columns = ["first", ...Array(H).fill("held"), ...Array(D).fill("seen"), "bias", "sum", "sum"]
  return el("table",
    { class: dense ? "matrix dense" : "matrix", "aria-label": `The weights of the ${spoken} gate, one row a unit` },
    el("colgroup", {}, ...columns.map((column) => el("col", { class: column }))),
    el("thead", {}, groups, read, name), el("tbody", {}, ...rows))
}

// -- ⊙: vectors beside each other, one line a unit --

const TIMES = { sign: "⊙" }, PLUS = { sign: "+" }, EQUALS = { sign: "=" }

const vector = (value, letter, index) => ({ value, name: symbol(letter, index, SYMBOL[value] ?? value) })

const word = (value, shown) => ({ value, name: el("i", { "data-symbol": SYMBOL[value], class: "word" }, shown) })

// What stands here on narrow screens only, where it is too far from its first place.
const again = (...columns) => columns.map((column) => ({ ...column, again: true }))

const beside = (label, H, columns) => {
  const column = (one, make) => {
    const element = one.sign ? el("td", { class: "operator", "aria-hidden": "true" }, one.sign) : make(one)
    element.classList.toggle("again", Boolean(one.again))
    return element
  }
  const header = el("tr", {}, el("th", { scope: "col" }, el("small", {}, "unit")),
    ...columns.map((one) => column(one, ({ name }) => head(name, `(${H},)`))))
  const lines = each(H, (k) => el("tr", {}, el("th", { scope: "row", "data-unit": k }, String(k + 1)),
    ...columns.map((one) => column(one, ({ value }) => cell(value, k)))))
  return el("table", { "aria-label": label }, el("thead", {}, header), el("tbody", {}, ...lines))
}

const between = (sign) => el("span", { class: "between", "aria-hidden": "true" }, sign)

const state = (H) => [
  beside("What is kept: f times C before, unit by unit", H,
    [vector("f", "f", "t"), TIMES, vector("C_prev", "C", "t−1"), EQUALS, word("kept_part", "kept")]),
  between("+"),
  beside("What is added: i times candidate, unit by unit", H,
    [vector("i", "i", "t"), TIMES, vector("C_tilde", "C̃", "t"), EQUALS, word("added_part", "added")]),
  between("="),
  beside("The cell state: kept plus added", H,
    [...again(word("kept_part", "kept"), PLUS, word("added_part", "added"), EQUALS), vector("C", "C", "t")]),
]

const hidden = (H) => beside("The hidden state: o times tanh C, unit by unit", H, [vector("o", "o", "t"), TIMES,
  { value: "tanh_C", name: el("span", {}, "tanh ", symbol("C", "t", "C")) }, EQUALS, vector("h", "h", "t")])

// -- the guess: a bar a character --

const guess = (chars, first) => el("table", { "aria-label": "The guess: a probability for every character" },
  el("thead", {}, el("tr", {}, el("td"), el("th", { scope: "col" }, "logit"),
    el("th", { scope: "col" }, symbol("y", "t", "x")), el("td"))),
  el("tbody", {}, ...chars.map((char, k) => el("tr", { "data-char": first + k },
    el("th", { scope: "row" }, character(char)),
    cell("logits", first + k, null), cell("y", first + k, null), el("td", { class: "mark" })))))

const readout = ({ H, D, chars }) => {
  const half = D > 8 ? Math.ceil(D / 2) : D // long alphabets stand in two columns
  const parts = D > half ? [guess(chars.slice(0, half), 0), guess(chars.slice(half), half)] : [guess(chars, 0)]
  return el("div", { class: D > 8 ? "readout long" : "readout" },
    el("p", { class: "equation" }, term(symbol("y", "t", "x"), `(${D},)`), " = softmax(",
      term(symbol("W", "y", "x"), `(${D}, ${H})`), " · ", term(symbol("h", "t", "h"), `(${H},)`), " + ",
      term(symbol("b", "y", "x"), `(${D},)`), ")"),
    el("div", { class: "guess" }, ...parts), el("p", { class: "loss" }))
}

// -- what is chosen with: the characters of the text, the gates --

const characters = (text) => text.map((char, step) => el("button",
  { type: "button", "data-step": step, "aria-label": `Character ${step + 1}: ${char}` }, character(char)))

const tabs = () => Object.entries(GATES).map(([gate, [spoken, letter]]) => el("button",
  { type: "button", "data-gate": gate, "data-symbol": gate }, symbol(letter, "t", gate), ` ${spoken}`))
