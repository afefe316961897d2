import { describe, expect, it } from 'vitest';
import { colorScale, type Theme } from './colors.ts';

type Triple = readonly [number, number, number];
type Matrix = readonly [Triple, Triple, Triple];

/** How colours look to people without one kind of cone (Machado, Oliveira and Fernandes 2009), in linear light. */
const EYES: Readonly<Record<string, Matrix>> = {
  'all cones': [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
  'no cones for long waves': [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
  'no cones for middle waves': [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]],
  'no cones for short waves': [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.3039]],
};
const SURFACE: Readonly<Record<Theme, string>> = { light: '#ffffff', dark: '#141c1b' };
/** CIE 1976: about 2.3 is the least that anybody notices side by side. */
const LEAST_DIFFERENCE = 12;

const times = (matrix: Matrix, light: Triple): Triple => matrix.map((row) => Math.min(1, Math.max(0, row[0] * light[0] + row[1] * light[1] + row[2] * light[2]))) as unknown as Triple;

function lightOf(color: string): Triple {
  return [1, 3, 5].map((at) => {
    const share = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as unknown as Triple;
}

function labOf([red, green, blue]: Triple): Triple {
  const bend = (share: number): number => (share > 216 / 24_389 ? Math.cbrt(share) : ((24_389 / 27) * share + 16) / 116);
  const x = bend((0.4124564 * red + 0.3575761 * green + 0.1804375 * blue) / 0.95047);
  const y = bend(0.2126729 * red + 0.7151522 * green + 0.072175 * blue);
  const z = bend((0.0193339 * red + 0.119192 * green + 0.9503041 * blue) / 1.08883);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

function difference(one: string, other: string, eyes: Matrix): number {
  const [a, b] = [labOf(times(eyes, lightOf(one))), labOf(times(eyes, lightOf(other)))];
  return Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
}

function contrast(one: string, other: string): number {
  const [dim, bright] = [one, other].map((color) => lightOf(color)).map(([red, green, blue]) => 0.2126 * red + 0.7152 * green + 0.0722 * blue).sort((a, b) => a - b) as [number, number];
  return (bright + 0.05) / (dim + 0.05);
}

/** Every two of a list. */
const pairs = (colors: readonly string[]): (readonly [string, string])[] => colors.flatMap((one, at) => colors.slice(at + 1).map((other) => [one, other] as const));
const confused = (colors: readonly string[], eyes: string): string[] =>
  pairs(colors).filter(([one, other]) => difference(one, other, EYES[eyes] as Matrix) < LEAST_DIFFERENCE).map((pair) => pair.join(' and '));

/** The whole palette: as many new values as it takes until a colour would come again. */
function paletteOf(theme: Theme): readonly string[] {
  const scale = colorScale(theme);
  const seen = new Set<string>();
  for (let value = 0; ; value += 1) {
    const color = scale.colorOf(`value ${value}`);
    if (seen.has(color)) return [...seen];
    seen.add(color);
  }
}

const codes = (theme: Theme, ...values: readonly string[]): readonly string[] => values.map((value) => colorScale(theme).colorOf(value, 'http.response.status_code'));

describe.each(['light', 'dark'] as const)('colours of the %s theme', (theme) => {
  const palette = paletteOf(theme);
  const classes = codes(theme, '200', '302', '404', '500');

  it('stand out from the surface', () => {
    const all = [...palette, ...classes, ...codes(theme, '201', '204', '301', '304', '307', '400', '403', '429', '502', '503', '504')];
    expect(all.filter((color) => contrast(color, SURFACE[theme]) < 3)).toEqual([]);
  });

  it.each(Object.keys(EYES))('are told apart with %s', (eyes) => {
    expect(palette.length).toBeGreaterThanOrEqual(9);
    expect(confused(palette, eyes)).toEqual([]);
    expect(confused(classes, eyes)).toEqual([]);
  });
});
