/** The page's brightness. */
export type Theme = 'light' | 'dark';

/** A value to be coloured. Of `field` comes whether it is a status code or a phase: those have colours of their own. */
export interface ColorKey {
  readonly value: string;
  readonly field: string | undefined;
}

/** Gives each value its colour; the same value always gets the same one. */
export interface ColorScale {
  /** The colour of one value by itself. */
  colorOf(value: string, field?: string): string;
  /** The colours of what one chart shows: values that are new get different ones. */
  colorsOf(keys: readonly ColorKey[]): readonly string[];
}

/**
 * Found by a search over many colours: told apart by everybody, colour-blind of whatever kind or not, and each with a
 * contrast of 3 to 1 or more to its theme's surface. colors.test.ts measures both.
 */
const PALETTE: Readonly<Record<Theme, readonly string[]>> = {
  light: ['#3792fd', '#6a2b33', '#9d9631', '#7541b8', '#037465', '#c673a3', '#5d6b2b', '#249c74', '#543263'],
  dark: ['#42a3a3', '#eba295', '#796ae5', '#d1ed74', '#c3a5f9', '#b3a90f', '#99f2e0', '#d0457c', '#a87346'],
};

/** Shades of one class, from its most to its least frequent codes. */
const STATUS: Readonly<Record<Theme, Readonly<Record<string, readonly string[]>>>> = {
  light: {
    1: ['#7f8797'],
    2: ['#2e8b57', '#56a176', '#1f6b41', '#124a2b'],
    3: ['#2f74c0', '#5590d2', '#1d5390', '#12365e'],
    4: ['#d07a08', '#a35a06', '#7c4506', '#4d2b03'],
    5: ['#c22f2f', '#8f1f1f', '#d95f5f', '#701515'],
  },
  dark: {
    1: ['#aab2c2'],
    2: ['#4fbf83', '#85d6aa', '#35996a', '#aee5c8'],
    3: ['#6aabf0', '#9cc8f5', '#4b8fd4', '#cfe4fc'],
    4: ['#f0a030', '#c98420', '#f7c57f', '#a86e1c'],
    5: ['#e5484d', '#b93a40', '#f59a9a', '#ffd0d0'],
  },
};

/** The common codes of a class come first, so that each has a shade of its own. */
const KNOWN_CODES: readonly string[] = ['200', '201', '204', '206', '303', '302', '301', '304', '404', '403', '400', '429', '500', '503', '502', '504'];

const STATES: Readonly<Record<string, number>> = {
  running: 2, available: 2, normal: 2, ok: 2, succeeded: 3, completed: 3, pending: 4, warning: 4, warn: 4, failed: 5, error: 5, unavailable: 5,
};

/**
 * Makes a scale. Share one among the panels of a page: a value that was seen keeps its colour. New values get the
 * palette's colours that no other has, then those that their own chart has not, and after the palette darker ones.
 */
export function colorScale(theme: Theme): ColorScale {
  const given = new Map<string, string>();
  const uses = new Map<string, number>();
  const known = ({ value, field }: ColorKey): string | undefined => statusColor(value, field, theme) ?? given.get(value);
  const choose = (value: string, beside: ReadonlySet<string>): string => {
    const palette = PALETTE[theme];
    const start = hash(value) % palette.length;
    const turned = palette.map((_color, step) => palette[(start + step) % palette.length] as string);
    const free = turned.filter((color) => !beside.has(color)).toSorted((a, b) => (uses.get(a) ?? 0) - (uses.get(b) ?? 0));
    const color = free[0] ?? turned.map(darker).find((each) => !beside.has(each)) ?? (turned[0] as string);
    uses.set(color, (uses.get(color) ?? 0) + 1);
    given.set(value, color);
    return color;
  };
  const colorsOf = (keys: readonly ColorKey[]): readonly string[] => {
    const beside = new Set(keys.map(known).filter((color) => color !== undefined));
    return keys.map((key) => {
      const color = known(key) ?? choose(key.value, beside);
      beside.add(color);
      return color;
    });
  };
  return { colorOf: (value, field) => colorsOf([{ value, field }])[0] as string, colorsOf };
}

/** For the values after the palette's end. */
function darker(color: string): string {
  const channels = [1, 3, 5].map((at) => Math.round(Number.parseInt(color.slice(at, at + 2), 16) * 0.66));
  return `#${channels.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`;
}

function statusColor(value: string, field: string | undefined, theme: Theme): string | undefined {
  const code = /^([1-5])(?:\d\d|xx)$/i.exec(value);
  if (code && (field === undefined || /status|response|code/i.test(field))) {
    const shades = STATUS[theme][code[1] as string] as readonly string[];
    const group = KNOWN_CODES.filter((each) => each[0] === code[1]);
    const place = /xx$/i.test(value) ? 0 : group.indexOf(value);
    return shades[(place < 0 ? hash(value) : place) % shades.length];
  }
  const state = STATES[value.toLowerCase()];
  return state === undefined || !/phase|status|type|state|level/i.test(field ?? 'state') ? undefined : STATUS[theme][state]?.[0];
}

/** FNV-1a. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) value = Math.imul(value ^ text.charCodeAt(index), 0x01000193) >>> 0;
  return value;
}

/** The colours of what is not data. */
export interface Ink {
  readonly text: string;
  readonly faint: string;
  readonly line: string;
  readonly surface: string;
}

/** Text, lines and surfaces of a theme. */
export function inkOf(theme: Theme): Ink {
  return theme === 'dark'
    ? { text: '#dfe5ef', faint: '#a3aec0', line: '#38414f', surface: '#1b2029' }
    : { text: '#2b303b', faint: '#5d6675', line: '#dfe3ea', surface: '#ffffff' };
}
