export type { ConsoleControl } from './control.ts';
export type { SendToOpenSearch } from './opensearch.ts';
export type { ConsoleSavedObject } from './savedObjects.ts';
export { createConsoleServer } from './server.ts';
export type { ConsoleServer, ConsoleServerOptions } from './server.ts';
