/** From when to when: dates, or date math such as `now-15m`. */
export interface StoredTimeRange {
  readonly from?: string;
  readonly to?: string;
  readonly mode?: 'absolute' | 'relative' | 'quick';
}

/** How often a page searches anew. */
export interface StoredRefreshInterval {
  readonly pause?: boolean;
  /** Milliseconds; 0 is never. */
  readonly value?: number;
  /** Words for it, which older versions kept. */
  readonly display?: string;
  /** Where older versions' list of intervals had it. */
  readonly section?: number | null;
}
