import type { z } from 'zod';
import { defineFault } from '../../definition/defineFault.ts';
import { stormOnCluster } from './onCluster.ts';
import { stormOnSystem } from './onSystem.ts';
import { params } from './params.ts';

/** Parameters of {@link notFoundStorm}. */
export type NotFoundStormParams = z.input<typeof params>;

/** Starts a client that keeps asking for pages that do not exist. */
export const notFoundStorm = defineFault({
  id: 'not-found-storm',
  title: 'A client asks for pages that do not exist',
  params,
  provable: 'application',
  symptom: 'In apache-*, access lines with http.response.status_code 404 for a few values of url.path, from one source.ip with one user_agent.original.',
  targets: { kubernetes: stormOnCluster, system: stormOnSystem },
});
