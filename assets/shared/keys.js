// The page's keys (F2, F4) work while a slider has the focus, too: Streamlit does not listen to inputs.

/** @param {HTMLElement} root */
export function passKeysOn(root) {
  root.addEventListener("keydown", (event) => {
    const { key, code } = event
    if (!/^F\d+$/.test(key)) return
    event.preventDefault()
    event.stopPropagation()
    for (const type of ["keydown", "keyup"]) {
      document.body.dispatchEvent(new KeyboardEvent(type, { key, code, bubbles: true }))
    }
  })
}
