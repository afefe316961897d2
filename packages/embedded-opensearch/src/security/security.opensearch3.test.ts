import { homedir } from 'node:os';
import { join } from 'node:path';
import { isPodscopeError } from '@podscope/core';
import { describe, expect, it } from 'vitest';
import { findJava } from '../java/find-java.ts';
import { startOpenSearch } from '../start.ts';
import { ask } from './fixtures/ask.ts';

const java = await findJava('3.4.0').catch((error: unknown) => {
  if (isPodscopeError(error)) return undefined;
  throw error;
});

describe.runIf(java !== undefined)('OpenSearch 3.4.0 with the security plugin (needs a JDK of at least 21)', () => {
  it('knows its users over TLS, and what they may', async () => {
    await using server = await startOpenSearch({
      version: '3.4.0', cacheDir: join(homedir(), '.cache/podscope/opensearch'), sources: ['cache', 'maven'],
      security: {
        users: [{ name: 'reader', roles: ['logs_reader'] }],
        roles: { logs_reader: { index_permissions: [{ index_patterns: ['logs-*'], allowed_actions: ['read'] }] } },
      },
    });
    const { auth, ...anonymous } = server.clientOptions('reader');
    const [admin, reader] = [server.clientOptions(), { ...anonymous, auth }];
    expect(await ask(anonymous, 'GET', '/')).toMatchObject({ status: 401 });
    expect((await ask(admin, 'GET', '/')).body).toContain('"number" : "3.4.0"');
    expect(await ask(admin, 'PUT', '/logs-1/_doc/1?refresh=true', { n: 1 })).toMatchObject({ status: 201 });
    expect(await ask(reader, 'POST', '/logs-1/_search', {})).toMatchObject({ status: 200 });
    expect(await ask(reader, 'PUT', '/logs-1/_doc/2', { n: 2 })).toMatchObject({ status: 403, body: expect.stringContaining('indices:data/write/index') });
  });
});
