/** The keys and the text size of the projector, one for the browser's page. */
export interface ProjectorKeys {
  watch(main: Element): void
}
