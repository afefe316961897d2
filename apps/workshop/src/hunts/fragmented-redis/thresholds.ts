/**
 * What tells fragmented from whole memory, measured with Redis 7.0.15 over 64 MB of live data: fragmented is 151 MB and
 * more at a ratio of 2.5, also after MEMORY PURGE alone; whole is 9 MB at 1.0 when healthy or restarted, and at most
 * 27 MB at 1.13 after the prefix was removed and purged. Removing without a purge leaves 163 MB at 1.04: both count.
 */
export const THRESHOLDS = {
  fragmented: { bytes: 100_000_000, ratio: 1.6 },
  whole: { bytes: 60_000_000, ratio: 1.5 },
} as const;
