import { describe, expect, expectTypeOf, it } from 'vitest';
import * as ecs from './ecs.ts';
import { defineFields, type DocumentOf, type FieldNameOfType, pick } from './index.ts';
import { compileAndMeasure } from './fields/generatedCode.fixture.ts';

const access = defineFields({
  ...ecs.base,
  ...pick(ecs.url, 'url.path', 'url.query'),
  ...ecs.http,
  ...pick(ecs.host, 'host.ip', 'host.name'),
  ...ecs.email,
});
type Access = DocumentOf<typeof access>;

describe('a catalogue of ECS fields', () => {
  it('types documents', () => {
    const document: Access = {
      '@timestamp': '2026-01-01T00:00:00Z',
      labels: { team: 'web' },
      http: { request: { method: 'GET' }, response: { status_code: 200, body: { bytes: 12 } } },
      url: { path: '/' },
      host: { ip: ['::1', '127.0.0.1'], name: 'node-1' },
      email: { attachments: [{ file: { name: 'a.txt', size: 3 } }] },
    };
    expect(Object.keys(access)).toContain('url.path');
    expect(document.http?.response?.status_code).toBe(200);
    // @ts-expect-error a status code is a number
    const wrong: Access = { '@timestamp': 1, http: { response: { status_code: '200' } } };
    // @ts-expect-error every event has a time
    const timeless: Access = { message: 'm' };
    // @ts-expect-error the field wasn't picked
    const unpicked: Access = { '@timestamp': 1, url: { domain: 'a' } };
    expect([wrong, timeless, unpicked]).toHaveLength(3);
  });

  it('names fields by their type', () => {
    expectTypeOf<FieldNameOfType<typeof access, 'ip'>>().toEqualTypeOf<'host.ip'>();
    expectTypeOf<FieldNameOfType<typeof access, 'match_only_text'>>().toEqualTypeOf<'message' | 'http.request.body.content.text' | 'http.response.body.content.text' | 'email.subject.text'>();
    // @ts-expect-error attachments are nested
    const nested: FieldNameOfType<typeof access, 'keyword'> = 'email.attachments.file.name';
    expect(nested).toContain('attachments');
  });

  it('costs the compiler no more than it did', { timeout: 120_000 }, async () => {
    const sets = Object.keys(ecs).filter((name) => name !== 'ecsVersion');
    const measured = await compileAndMeasure(
      [
        `import * as ecs from '@podscope/core/ecs';`,
        `import { defineFields, type DocumentOf, type FieldName, type FieldNameOfType, type NumericType } from '@podscope/core';`,
        `const all = defineFields({ ${sets.map((name) => `...ecs.${name}`).join(', ')} });`,
        `type All = DocumentOf<typeof all>;`,
        `export const names: readonly FieldNameOfType<typeof all, 'keyword' | NumericType>[] = ['http.request.method', 'process.pid'];`,
        `export const name: FieldName<typeof all> = 'message';`,
        `export const document: All = { '@timestamp': 1, ecs: { version: '9' }, process: { parent: { pid: 1, thread: { id: 2 } } }, threat: { enrichments: [{ matched: { field: 'a' } }] } };`,
        `export const pid: number | undefined = document.process?.parent?.pid;`,
        `// @ts-expect-error the document is checked to its leaves`,
        `export const wrong: All = { '@timestamp': 1, ecs: { version: '9' }, threat: { indicator: { file: { elf: { header: { entrypoint: 'x' } } } } } };`,
      ].join('\n'),
    );
    expect(measured.complaints).toBe('');
    expect(sets.length).toBeGreaterThan(40);
    // All of ECS at once: 898,092 when this was written, a sixth of it for the names by type. Raise it only with a reason.
    expect(measured.instantiations).toBeLessThan(920_000);
  });
});
