// Where the server is.

/** The server's address with its base path, from where Streamlit's own script was loaded. */
export function base() {
  const script = document.querySelector('script[type="module"][src*="static/js/"]')
  return new URL("../..", script instanceof HTMLScriptElement ? script.src : location.href)
}
