import { expect, it } from 'vitest';
import { readEnvironment } from '../../environment.ts';
import { pictureToPng } from './picturePng.ts';

it('makes a PNG as large as the drawing', async () => {
  const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="320" height="240"><rect width="320" height="240" fill="#07c"/></svg>';
  const png = Buffer.from(await pictureToPng(svg, 320, readEnvironment().path));
  expect(png.subarray(1, 4).toString()).toBe('PNG');
  expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([320, 240]);
});
