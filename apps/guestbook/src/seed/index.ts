export { readEntries, repairGuestbook } from './repair.ts';
export type { Repaired } from './repair.ts';
export { seedArchive } from './seedArchive.ts';
export type { SeededArchive, SeedOptions, SeedTarget } from './seedArchive.ts';
