export { mountChart } from './browser/mountChart.ts';
export type { ChartHooks, MountedChart } from './browser/mountChart.ts';
