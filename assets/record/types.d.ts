/** The choice of a page's parts: its name in the address, and its values there. */
export interface Part {
  name: string
  options: string[]
  start: string
}

/** What the session says at the beginning of a page; days: how long the record stays after its last use. */
export interface Opening {
  session: string
  part: Part | null
  days: number
}

/**
 * What the session has of the record.  end: all of the page stands above; restored: what the browser had is
 * in it; clear: a new student is here.
 */
export interface SessionRecord {
  session: string
  entries: Record<string, string>
  end: boolean
  restored: boolean
  clear: boolean
}

/** What the browser sends; reload: the address is the tab's own and no link. */
export interface Offer {
  entries: Record<string, string>
  reload: boolean
}

/** The record in the browser's page. */
export interface BrowserRecord {
  open(opening: Opening, send: (offer: Offer) => void): void
  take(record: SessionRecord): void
}
