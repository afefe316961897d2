import { describe, expect, it } from 'vitest';
import { defineIndexSetup } from '../define.ts';
import type { IndexTemplate } from '../model.ts';
import { observing } from './fixtures/observing.ts';
import { markTemplate } from './ownership.ts';
import { planIndices } from './plan.ts';

const holds = (...patterns: readonly string[]): IndexTemplate => ({ index_patterns: patterns, priority: 7 });

function planned(stored: Readonly<Record<string, IndexTemplate>>, wanted: Readonly<Record<string, IndexTemplate>>, prune = true) {
  const observed = observing({
    indexTemplates: Object.fromEntries(Object.entries(stored).map(([name, template]) => [name, markTemplate(template)])),
    foreignTemplates: { theirs: { patterns: ['z-*'], priority: 8, parts: [] } },
  });
  return planIndices(observed, defineIndexSetup({ indexTemplates: wanted }), { prune }).changes.filter(({ action }) => action !== 'none');
}
const lines = (...given: Parameters<typeof planned>) => planned(...given).map(({ action, name, desired }) => `${action} ${name}${desired === undefined ? '' : ` ${String(desired['priority'])}`}`);

describe('room for index templates', () => {
  it('is made for one that gets another name, without a moment in which none holds', () => {
    // Eight is taken by somebody else.
    expect(lines({ old: holds('web-*') }, { new: holds('web-*') })).toEqual(['create new 9', 'update old 10', 'update new 7', 'delete old']);
    expect(planned({ old: holds('web-*') }, { new: holds('web-*') })).toMatchObject([
      { reason: 'does not exist; with priority 9 until old has let go' },
      { phase: 'late', reason: 'lets go of its names for new', desired: { index_patterns: ['old-has-let-go'], _meta: { managed_by: 'podscope' } } },
      { phase: 'last', reason: 'gets its own priority when old has let go', desired: { index_patterns: ['web-*'], _meta: { managed_by: 'podscope' } }, differences: [{ path: 'priority', before: 9, after: 7 }] },
      { action: 'delete' },
    ]);
  });

  it('is made for two that exchange their patterns', () => {
    expect(lines({ a: holds('a-*'), b: holds('b-*') }, { a: holds('b-*'), b: holds('a-*') })).toEqual(['update a 9', 'update b 10', 'update a 7', 'update b 7']);
    expect(planned({ a: holds('a-*'), b: holds('b-*') }, { a: holds('b-*'), b: holds('a-*') })[0]).toMatchObject({ phase: 'early', reason: 'makes room for b, which has the same priority and names in common', desired: { index_patterns: ['a-*'] } });
  });

  it('is made for one that lets go of a part of its names, which has them before', () => {
    expect(lines({ a: holds('a-*') }, { a: holds('a-1*'), b: holds('a-2*') })).toEqual(['update a 9', 'create b 7', 'update a 7']);
    expect(lines({ a: holds('a-*') }, { a: holds('a-1*'), b: { ...holds('a-2*'), priority: 5 } })).toEqual(['create b 5', 'update a 7']);
  });

  it('is not made where nothing stands in the way', () => {
    expect(lines({ a: holds('a-*') }, { a: holds('a-*', 'c-*'), b: holds('b-*') })).toEqual(['create b 7', 'update a 7']);
    expect(lines({ old: holds('web-*') }, { new: { ...holds('web-*'), priority: 3 } })).toEqual(['create new 3', 'delete old']);
    // Somebody else's would have to give way meanwhile.
    expect(lines({ old: holds('z-1-*') }, { new: holds('z-1-*') })).toEqual(['create new 7', 'delete old']);
    // What stays as it is can't be asked to go; the server says what is wrong.
    expect(lines({ old: holds('web-*') }, { new: holds('web-*') }, false)).toEqual(['create new 7']);
  });
});
