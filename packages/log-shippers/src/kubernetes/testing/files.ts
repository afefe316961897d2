import type { ConfigFiles } from '../../config/shipperOptions.ts';

/** Files of a configuration that stands for any. */
export function filesOf(text: string, more: Partial<ConfigFiles> = {}): ConfigFiles {
  return { files: { 'main.conf': text }, main: 'main.conf', args: ['-c', '{config}/main.conf'], environment: [], ...more };
}
