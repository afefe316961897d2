import { describe, expect, it } from 'vitest';
import { vegaFindings } from './vega.ts';

const whatOf = (spec: string): readonly string[] => vegaFindings(spec).map(({ what }) => what);

describe('the check of a Vega specification', () => {
  it.each([
    ['a key without a colon', '{\n  $schema: x\n  "marks" []\n}', /^line 3 of the specification is no HJSON: Expected ':' instead of '\['$/u],
    ['a list that is never closed', '{\n  marks: [\n    {type: "rect"}\n', /^line 4 of the specification is no HJSON: End of input while parsing an array \(missing '\]'\)$/u],
    ['a wrong bracket', '{\n  data: {name: "a"]\n}', /^line 2 of the specification is no HJSON: Found '\]'/u],
    ['something after the end', '{\n}\n}', /^line 3 of the specification is no HJSON: .*trailing characters$/u],
    ['a text', 'marks', /^the specification is not an object$/u],
    ['no language', '{marks: []}', /^the specification does not say whether it is Vega or Vega-Lite$/u],
    ['an address of no schema', '{$schema: "vega"}', /^"vega" is no address of a schema/u],
  ])('finds %s', (_, spec, what) => {
    const [found, ...more] = whatOf(spec);
    expect(found).toMatch(what);
    expect(more).toEqual([]);
  });

  it.each([
    ['comments, also with brackets and before the first one', '/* ] */\n# }\n{\n  // {\n  $schema: https://vega.github.io/schema/vega/v5.json\n}'],
    ['texts of several lines, and texts without quotes', "{\n  $schema: https://vega.github.io/schema/vega-lite/v5.json\n  title: '''\n    [a\n    b}\n  '''\n  background: rgb(1, 2, 3)\n}"],
    ['commas where they please', '{"$schema": "https://vega.github.io/schema/vega/v5.20.2.json", "marks": [1, 2,], }'],
  ])('lets pass %s', (_, spec) => {
    expect(whatOf(spec)).toEqual([]);
  });
});
