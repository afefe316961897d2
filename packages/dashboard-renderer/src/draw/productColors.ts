import type { ColorKey, ColorScale } from './colors.ts';

/** src/plugins/charts/public/services/colors/seed_colors.ts. */
export const SEED_COLORS: readonly string[] = ['#00a69b', '#57c17b', '#6f87d8', '#663db8', '#bc52bc', '#9e3533', '#daa05d'];

/** The product's setting `visualization:colorMapping` at its default. */
const CONFIGURED: Readonly<Record<string, string>> = { Count: '#00a69b' };

/**
 * The colours that OpenSearch Dashboards gives: values take those of its palette in the order in which they come, and
 * keep them for the page. After src/plugins/charts/public/services/colors/{color_palette,mapped_colors}.ts of 2.8.
 */
export function productColors(): ColorScale {
  const given = new Map<string, string>();
  const colorsOf = (keys: readonly ColorKey[]): readonly string[] => {
    const taken = new Set([...given.values(), ...Object.values(CONFIGURED)]);
    const palette = Array.from({ length: taken.size + keys.length }, (_unused, at) => paletteColor(at));
    const free = palette.filter((color) => !taken.has(color));
    return keys.map(({ value }) => {
      const known = CONFIGURED[value] ?? given.get(value);
      if (known !== undefined) return known;
      const color = free.shift() ?? paletteColor(0);
      given.set(value, color);
      return color;
    });
  };
  return { colorsOf, colorOf: (value, field) => colorsOf([{ value, field }])[0] as string };
}

/** A scale under which a reader's own colours of values go before those that it gives; a value takes its place in it all the same. */
export function withOwnColors(scale: ColorScale, own: Readonly<Record<string, unknown>>): ColorScale {
  const colorsOf = (keys: readonly ColorKey[]): readonly string[] => {
    const given = scale.colorsOf(keys);
    return keys.map(({ value }, at) => (typeof own[value] === 'string' ? own[value] : (given[at] as string)));
  };
  return { colorsOf, colorOf: (value, field) => colorsOf([{ value, field }])[0] as string };
}

/** After the seeds hues that lie between those before. */
function paletteColor(at: number): string {
  const seed = SEED_COLORS[at];
  if (seed !== undefined) return seed;
  // The first bit of a number's binary form is always set; the others lead to a fraction of the circle.
  const bits = (at + 3).toString(2).slice(1).split('').map(Number);
  let numerator = 1;
  let denominator = 2;
  for (const bit of bits.reverse()) {
    numerator = numerator * 2 + (bit === 1 ? 1 : -1);
    denominator *= 2;
  }
  return hslColor(((numerator / denominator) * 360 + 300) % 360, 0.5, 0.5);
}

function hslColor(hue: number, saturation: number, lightness: number): string {
  const channel = (offset: number): string => {
    const turn = (offset + hue / 30) % 12;
    const value = lightness - saturation * Math.min(lightness, 1 - lightness) * Math.max(-1, Math.min(turn - 3, 9 - turn, 1));
    return Math.round(value * 255).toString(16).padStart(2, '0');
  };
  return `#${channel(0)}${channel(8)}${channel(4)}`;
}
