import { PodscopeError } from '@podscope/core';

const SIZE = /^(\d+(?:\.\d+)?)([kKmMgG]?)([iI]?[bB])?$/;
const FACTORS: Readonly<Record<string, number>> = { '': 1, k: 1024, m: 1024 ** 2, g: 1024 ** 3 };
const DURATION = /^(\d+(?:\.\d+)?)(ns|us|ms|s|m|h|d)?$/;
const MILLISECONDS: Readonly<Record<string, number>> = { ns: 1e-6, us: 1e-3, ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** An error about one value of a configuration. */
export function badValue(where: string, message: string, hint: string): PodscopeError<'SHIPPER_BAD_VALUE'> {
  return new PodscopeError('SHIPPER_BAD_VALUE', `${where}: ${message}`, { hint });
}

/** Bytes of a size such as `5M`, `5MB`, `512` (all programs count in 1024); undefined when it is none. */
export function bytesOf(size: number | string): number | undefined {
  if (typeof size === 'number') return Number.isFinite(size) && size >= 0 ? size : undefined;
  const match = SIZE.exec(size);
  if (match === null) return undefined;
  return Number(match[1]) * (FACTORS[(match[2] ?? '').toLowerCase()] ?? 1);
}

/** Milliseconds of a duration such as `10s`, `1.5m`; a bare number is seconds. Undefined when it is none. */
export function millisecondsOf(duration: number | string): number | undefined {
  if (typeof duration === 'number') return Number.isFinite(duration) && duration >= 0 ? duration * 1000 : undefined;
  const match = DURATION.exec(duration);
  if (match === null) return undefined;
  return Number(match[1]) * (MILLISECONDS[match[2] ?? 's'] ?? 1000);
}

/** Bytes of a size. @throws PodscopeError SHIPPER_BAD_VALUE, with the spelling that is meant where it is clear (`5 MB` → `5M`). */
export function requireBytes(where: string, size: number | string): number {
  const bytes = bytesOf(size);
  if (bytes !== undefined) return bytes;
  const meant = String(size).replaceAll(/\s+/g, '');
  const hint = bytesOf(meant) === undefined ? 'A number of bytes, or one with K, M or G: 5M.' : `Write ${meant.replace(/[iI]?[bB]$/, '')}, without a space.`;
  throw badValue(where, `${JSON.stringify(size)} is no size.`, hint);
}

/** A port from 1 to 65535, as a number. @throws PodscopeError SHIPPER_BAD_VALUE */
export function requirePort(where: string, port: unknown): number {
  if (typeof port === 'number' && Number.isInteger(port) && port >= 1 && port <= 65_535) return port;
  throw badValue(where, `${JSON.stringify(port)} is no port.`, typeof port === 'string' && /^\d+$/.test(port) ? `Write ${port} as a number.` : 'A whole number from 1 to 65535.');
}

const LABEL = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;

/** A name that Kubernetes takes for most objects (RFC 1123 label, 63 characters). @throws PodscopeError SHIPPER_BAD_NAME */
export function requireName(where: string, name: string): string {
  if (LABEL.test(name) && name.length <= 63) return name;
  const meant = name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-').replaceAll(/^-+|-+$/g, '').slice(0, 63).replace(/-+$/, '');
  throw new PodscopeError('SHIPPER_BAD_NAME', `${where}: Kubernetes refuses the name ${JSON.stringify(name)}.`, {
    hint: `Up to 63 lower-case letters, digits and hyphens, with a letter or digit at both ends${meant === '' ? '' : `: ${meant}`}.`,
  });
}
