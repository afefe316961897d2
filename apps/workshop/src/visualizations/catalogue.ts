import { correlationStrip } from './correlation-strip/index.ts';
import { podTimeline } from './pod-timeline/index.ts';
import { serviceMap } from './service-map/index.ts';

/** The workshop's own kinds of visualizations. */
export const visualizationCatalogue = [correlationStrip, podTimeline, serviceMap];
