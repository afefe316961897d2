import { z } from 'zod';

/** Which share of the requests is meant. */
export const shareParam = z.number().min(0.05).max(1).describe('share of the requests, from 0.05 to 1; exact, not drawn');

/** Which requests are meant. */
export const pathsParam = z
  .array(z.string().regex(/^\/[!-~]{0,1000}$/))
  .max(50)
  .default([])
  .describe('beginnings of paths, such as /archive/; none for all but /healthz, which kubelet asks for');
