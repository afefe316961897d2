export { Pipeline } from './pipeline.ts';
export type { PipelineProps, PipelineWorkload } from './pipeline.ts';
export { legsOf, PATTERNS } from './patterns.ts';
export type { BeatsLeg, FluentBitLeg, Legs, NoLeg, OtelLeg, Pattern } from './patterns.ts';
export { planPipeline } from './plan.ts';
export type { PatternEngine, PipelineOptions, PipelinePlan, PlannedShipper, SidecarPlace, Versions } from './plan.ts';
export { formatTopology } from './topology.ts';
