/** The product's own defaults of `format:number:defaultPattern` and the like. */
export const NUMBER_PATTERN = '0,0.[000]';
export const BYTES_PATTERN = '0,0.[0]b';
export const PERCENT_PATTERN = '0,0.[000]%';
export const CURRENCY_PATTERN = '($0,0.[00])';

const BYTE_UNITS = ['B', 'KB', 'MB', 'GB', 'TB', 'PB', 'EB', 'ZB', 'YB'];
const AMOUNTS: readonly (readonly [number, string])[] = [[1e12, 't'], [1e9, 'b'], [1e6, 'm'], [1e3, 'k']];

interface Scaled {
  readonly value: number;
  readonly unit: string;
}

/**
 * A number in one of the patterns that index patterns store, such as `$0,0.[00]`, `0.0b`, `0%` or `0a`: those of
 * Numeral.js. `[ ]` around digits shows them only where they are no zeros.
 */
export function formatPattern(value: number, pattern: string): string {
  if (!Number.isFinite(value)) return String(value);
  if (/^00:00/.test(pattern)) return clock(value);
  const brackets = pattern.includes('(');
  const percent = pattern.includes('%');
  const { value: scaled, unit } = scale(percent ? value * 100 : value, pattern);
  const digits = digitsOf(scaled, pattern);
  const negative = scaled < 0 && /[1-9]/.test(digits);
  const number = `${pattern.includes('+') && scaled > 0 ? '+' : ''}${digits}`;
  const dollar = pattern.indexOf('$');
  const spaceBefore = pattern.includes('$ ') ? ' ' : '';
  const text = dollar < 0 ? number : dollar < pattern.indexOf('0') ? `$${spaceBefore}${number}` : `${number}${pattern.includes(' $') ? ' ' : ''}$`;
  const sign = negative ? (brackets ? '(' : '-') : '';
  return `${sign}${text}${unit}${percent ? `${pattern.includes(' %') ? ' ' : ''}%` : ''}${negative && brackets ? ')' : ''}`;
}

function scale(value: number, pattern: string): Scaled {
  const space = / (?:bd|b|a)/.test(pattern) ? ' ' : '';
  if (/b/.test(pattern)) {
    const base = pattern.includes('bd') ? 1000 : 1024;
    const size = Math.abs(value);
    const step = size < 1 ? 0 : Math.min(BYTE_UNITS.length - 1, Math.floor(Math.log(size) / Math.log(base)));
    return { value: value / base ** step, unit: space + (BYTE_UNITS[step] as string) };
  }
  if (!/a/.test(pattern)) return { value, unit: '' };
  const [size, unit] = AMOUNTS.find(([least]) => Math.abs(value) >= least) ?? [1, ''];
  return { value: value / size, unit: space + unit };
}

/** The digits without a sign, after the zeros of the pattern. */
function digitsOf(value: number, pattern: string): string {
  const [whole = '', fraction = ''] = pattern.replace(/[^0.,[\]]/g, '').split('.');
  const optional = /\[(0+)\]/.exec(fraction)?.[1]?.length ?? 0;
  // `[.]00` shows all of its decimals or, for whole numbers, none.
  const required = /^0*/.exec(fraction.replace(/^\]/, ''))?.[0].length ?? 0;
  const bare = /\[$/.test(whole) && Number.isInteger(value);
  return new Intl.NumberFormat('en-US', {
    useGrouping: whole.includes(','),
    minimumIntegerDigits: Math.max(1, /0+$/.exec(whole.replace('[', ''))?.[0].length ?? 1),
    minimumFractionDigits: bare ? 0 : required,
    maximumFractionDigits: bare ? 0 : required + optional,
  }).format(Math.abs(value));
}

function clock(seconds: number): string {
  const whole = Math.round(Math.abs(seconds));
  const two = (part: number): string => String(part).padStart(2, '0');
  return `${seconds < 0 ? '-' : ''}${Math.floor(whole / 3600)}:${two(Math.floor(whole / 60) % 60)}:${two(whole % 60)}`;
}
