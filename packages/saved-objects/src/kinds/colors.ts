import { specInvalid } from '../specInvalid.ts';

/** The products' scales of colours (src/plugins/charts/public/static/color_maps). */
export type ColorSchema = 'Blues' | 'Greens' | 'Greys' | 'Reds' | 'Yellow to Red' | 'Green to Red';

/** How numbers get their colours. */
export interface ColorOptions {
  /** @default 'Green to Red' */
  readonly colorSchema?: ColorSchema;
  /** Begin with the scale's end. @default false */
  readonly invertColors?: boolean;
}

/** Ranges between ascending numbers: `[0, 50, 100]` is two of them. */
export function rangesOf(what: string, bounds: readonly number[]): readonly { readonly from: number; readonly to: number }[] {
  if (bounds.length < 2 || bounds.some((bound, index) => !Number.isFinite(bound) || (index > 0 && bound <= (bounds[index - 1] as number)))) {
    throw specInvalid(`The bounds of ${what} are ${JSON.stringify(bounds)}.`, 'Pass at least two ascending numbers.');
  }
  return bounds.slice(1).map((to, index) => ({ from: bounds[index] as number, to }));
}
