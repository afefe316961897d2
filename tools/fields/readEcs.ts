import { createRequire } from 'node:module';
import type { EcsField } from './ecsModules.ts';

interface EcsPackage {
  readonly EcsVersion: string;
  readonly EcsFlat: Readonly<Record<string, EcsField>>;
}

/** What the installed `@elastic/ecs` says: its version and its fields by their full names. */
export function readEcs(): { readonly version: string; readonly flat: Readonly<Record<string, EcsField>> } {
  // Required, because the package is CommonJS whose types don't say what a mapping needs.
  const { EcsVersion, EcsFlat } = createRequire(import.meta.url)('@elastic/ecs') as EcsPackage;
  return { version: EcsVersion, flat: EcsFlat };
}
