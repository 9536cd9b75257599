// The menu of pages on a phone lies over the page: it closes at once when a page is chosen.

const OPEN = '[data-testid="stSidebar"][data-collapsed="false"]'
const PHONE = "(max-width: 768px)"

/** Listen, once a visit. */
export function closeMenuAtOnce() {
  document.addEventListener("click", ({ target }) => {
    if (!(target instanceof Element) || !target.closest('[data-testid="stSidebarNavLink"]')) return
    if (!matchMedia(PHONE).matches) return
    const button = document.querySelector(`${OPEN} [data-testid="stSidebarCollapseButton"] button`)
    if (button instanceof HTMLElement) setTimeout(() => button.click())
  })
}
