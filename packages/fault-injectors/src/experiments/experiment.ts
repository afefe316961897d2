import { z } from 'zod';
import { durationSchema, milliseconds } from '../engine/duration.ts';
import { probeSpecSchema } from '../probes/specs.ts';

const name = z.string().min(1).max(120);
const probes = z.array(probeSpecSchema);

/** Where the value of a variable comes from. */
export const variableSchema = z.union([
  z.string(),
  z.number(),
  z.boolean(),
  z.strictObject({
    env: z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'is no name of an environment variable').describe('the environment variable that has it'),
    default: z.union([z.string(), z.number(), z.boolean()]).describe('what it is where the environment has none').optional(),
    secret: z.boolean().describe('its value is masked in every report').optional(),
    type: z.enum(['text', 'number', 'boolean']).default('text').describe('what it is read as'),
  }),
]);

/** Injects a fault; it stays until its duration is over, a step reverts it, or the experiment ends. */
export const faultStepSchema = z
  .strictObject({
    fault: z.string().min(1).describe('the fault’s id, as "podscope fault list" shows it'),
    name: name.describe('what it is called in the report, and by a step that reverts it').optional(),
    params: z.record(z.string(), z.unknown()).default({}).describe('the fault’s parameters'),
    find: z
      .strictObject({
        pods: z.string().min(1).describe('labels of pods in the namespace of the parameters: puts what makes them into "workload"').optional(),
        nodes: z.string().min(1).describe('labels of a node: puts its name into "node"').optional(),
        namespaces: z.string().min(1).describe('labels of namespaces: puts their names into "namespaces"').optional(),
      })
      .describe('parameters that are looked up by labels, before anything is changed')
      .optional(),
    ttl: durationSchema.refine((ttl) => milliseconds(ttl) > 0, 'must be above 0').default('10m').describe('when the watchdog reverts it at the latest'),
    duration: durationSchema.describe('how long it is there from its symptom on; without it, until the experiment ends').optional(),
    verify: z.union([durationSchema, z.literal(false)]).default('60s').describe('how long its symptom is waited for; false doesn’t look'),
    unverified: z.enum(['accept', 'fail']).default('accept').describe('what it means that nothing here can show the symptom'),
    checks: probes.default([]).describe('must hold while the fault is there'),
    abortWhen: probes.default([]).describe('one that holds reverts the fault and ends the experiment'),
    repeat: z.int().min(1).max(1_000).default(1).describe('how often it is injected and reverted'),
    pause: durationSchema.default(0).describe('time between two repetitions'),
  })
  .refine(({ duration, ttl }) => duration === undefined || milliseconds(duration) < milliseconds(ttl), { path: ['duration'], error: 'must be shorter than "ttl" (10m without one), which ends the experiment' });

/** Waits. */
export const pauseStepSchema = z.strictObject({ pause: durationSchema });

/** Looks at something in between. */
export const checkStepSchema = z.strictObject({ check: z.union([probeSpecSchema, probes.min(1)]), name: name.optional() });

/** Reverts a fault of an earlier step, by its name. */
export const revertStepSchema = z.strictObject({ revert: name });

/** The kinds of step and their key. */
export const stepSchemas = { fault: faultStepSchema, pause: pauseStepSchema, check: checkStepSchema, revert: revertStepSchema } as const;

/** Injects a fault, of a kind and with its parameters. */
export type FaultStep = z.output<typeof faultStepSchema>;
/** Waits. */
export type PauseStep = z.output<typeof pauseStepSchema>;
/** Asks probes. One that doesn't hold is the experiment's result, not its end. */
export type CheckStep = z.output<typeof checkStepSchema>;
/** Reverts faults of earlier steps. */
export type RevertStep = z.output<typeof revertStepSchema>;
/** Steps that begin together; it is over when all of them are. */
export interface ParallelStep {
  readonly parallel: readonly Step[];
}
/** Steps one after the other, within parallel ones. */
export interface SequenceStep {
  readonly sequence: readonly Step[];
}
/** One step of an experiment's method. */
export type Step = FaultStep | PauseStep | CheckStep | RevertStep | ParallelStep | SequenceStep;

/** {@link Step} as it is written. */
export type StepInput =
  | z.input<typeof faultStepSchema>
  | z.input<typeof pauseStepSchema>
  | z.input<typeof checkStepSchema>
  | z.input<typeof revertStepSchema>
  | { readonly parallel: readonly StepInput[] }
  | { readonly sequence: readonly StepInput[] };

const steadyState = z.strictObject({ title: name.optional(), probes: probes.min(1) });

/** An experiment but its steps, which are checked one by one. */
export const experimentSchema = z.strictObject({
  version: z.literal(1).default(1),
  title: name.describe('what the experiment is to show'),
  description: z.string().max(5_000).optional(),
  tags: z.array(z.string().min(1).max(60)).default([]),
  variables: z.record(z.string().regex(/^[A-Za-z_][A-Za-z0-9_.-]*$/, 'is no name of a variable'), variableSchema).default({}).describe('what ${name} stands for in parameters and probes'),
  steadyState: steadyState.describe('must hold before the method, and again when everything is reverted').optional(),
  abortWhen: probes.default([]).describe('one that holds ends the experiment and reverts everything'),
  limits: z.strictObject({ count: z.int().positive().describe('pods, nodes, instances or processes').optional(), share: z.number().positive().max(1).optional() }).default({}).describe('at most so much is touched at once'),
  method: z.array(z.unknown()).min(1).max(500).describe('the steps, one after the other'),
  checks: probes.default([]).describe('must hold after the method, before what is still there is reverted'),
});

/** An experiment: plain data, as a file has it. */
export type Experiment = Omit<z.output<typeof experimentSchema>, 'method'> & { readonly method: readonly Step[] };
/** {@link Experiment} as it is written: what has a default may be left out. */
export type ExperimentInput = Omit<z.input<typeof experimentSchema>, 'method'> & { readonly method: readonly StepInput[] };

/** Faults of all steps, in their order. */
export function faultSteps(steps: readonly Step[]): readonly FaultStep[] {
  return steps.flatMap((step) => ('fault' in step ? [step] : 'parallel' in step ? faultSteps(step.parallel) : 'sequence' in step ? faultSteps(step.sequence) : []));
}
