import { expect, it } from 'vitest';
import { visualizations } from '../fixtures/visualizations.ts';
import { other, web } from '../fixtures/web.ts';
import { bundle, readSavedObjects, toNdjson } from '../index.ts';
import { decodeAttributes } from '../stored/innerJson.ts';
import { isShapedType, shapeProblems } from '../stored/shapeProblems.ts';

it('what the builders make has the shape that is described', () => {
  const { objects } = readSavedObjects(toNdjson(bundle(web, other, ...visualizations), { target: 'opensearch-dashboards@2' }));
  const problems = objects.flatMap(({ object: { type, id, attributes } }) => (isShapedType(type) ? shapeProblems(type, decodeAttributes(type, attributes)).map((problem) => [type, id, problem]) : [[type, id]]));
  expect(problems).toEqual([]);
});
