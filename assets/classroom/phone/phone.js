import { RoomStream } from "../stream.js"

const root = /** @type {HTMLElement} */ (document.getElementById("room"))
const code = location.pathname.replace(/\/+$/, "").split("/").at(-1) ?? ""
new RoomStream(code, { state: ({ joined }) => (root.textContent = `${code}: ${joined} joined`) })
