// How the page looks: its theme, and whether it fills the screen.

/** @returns {"light" | "dark"} */
export function pageTheme() {
  const { theme } = document.documentElement.dataset
  if (theme === "light" || theme === "dark") return theme
  return matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light"
}

/** Fill the screen, or give it back. */
export async function toggleFullScreen() {
  try {
    if (document.fullscreenElement) await document.exitFullscreen()
    else await document.documentElement.requestFullscreen()
  } catch {
    // a browser that lets no page do so: its own key does
  }
}
