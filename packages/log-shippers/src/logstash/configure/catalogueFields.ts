import { apacheFields, filebeatFields, kubernetesFields, metricbeatFields, redisFields } from '@podscope/core/catalogues';
import type { Family } from '../../sources/sources.ts';

/** The fields that the strict index templates of each family take. */
export const FIELDS_OF: Readonly<Record<Family, readonly string[]>> = {
  filebeat: Object.keys(filebeatFields),
  metricbeat: Object.keys(metricbeatFields),
  kubernetes: Object.keys(kubernetesFields),
  redis: Object.keys(redisFields),
  apache: Object.keys(apacheFields),
};
