import { homedir } from 'node:os';
import { join } from 'node:path';
import { isPodscopeError } from '@podscope/core';
import { describe, expect, it } from 'vitest';
import { findJava } from './java/find-java.ts';
import { startOpenSearch } from './start.ts';

const java = await findJava('3.8.0').catch((error: unknown) => {
  if (isPodscopeError(error)) return undefined;
  throw error;
});

describe.runIf(java !== undefined)('OpenSearch 3.8.0 (needs a JDK of at least 21)', () => {
  it('runs out of Maven artifacts under its agent', async () => {
    await using server = await startOpenSearch({
      version: '3.8.0', cacheDir: join(homedir(), '.cache/podscope/opensearch'), sources: ['cache', 'maven'],
    });
    const root = (await (await fetch(server.url)).json()) as { version: { number: string } };
    expect(root.version.number).toBe('3.8.0');
    expect(server.javaCommand.some((option) => option.startsWith('-javaagent:'))).toBe(true);
    const stored = await fetch(`${server.url}/things/_doc?refresh=true`, {
      method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"n":1}',
    });
    expect(stored.status).toBe(201);
  });
});
