/**
 * How Node is started for a watchdog. Thousands of pods are read when a storm is reverted, and little is kept of them: a young generation as large
 * as V8 makes it by default, 128 MB, would be most of its memory, and more than the pod's limit.
 */
export const SMALL_HEAP: readonly string[] = ['--max-semi-space-size=8'];
