import { z } from 'zod';
import { boundSchema, boundShape, isBound } from './bound.ts';
import { durationSchema } from '../engine/duration.ts';

/** What every probe may say beside what it asks. */
const common = {
  name: z.string().min(1).max(200).describe('what it is called in reports').optional(),
  not: z.boolean().describe('holds when what is asked does not').optional(),
  within: durationSchema.describe('how long it is asked again until it holds').optional(),
  for: durationSchema.describe('how long it must hold without a break before it counts').optional(),
  every: durationSchema.describe('time between two looks').optional(),
};

const objectRef = z.strictObject({
  apiVersion: z.string().min(1).describe('such as apps/v1'),
  kind: z.string().min(1).describe('such as Deployment'),
  namespace: z.string().min(1).describe('left out for objects of the cluster').optional(),
  name: z.string().min(1),
});

const auth = z.union([
  z.strictObject({ username: z.string().min(1), password: z.string() }),
  z.strictObject({ token: z.string().min(1).describe('sent as a bearer token') }),
  z.strictObject({ apiKey: z.string().min(1).describe('sent as Authorization: ApiKey') }),
]);

/** Asks a web address. */
export const httpSpecSchema = z.strictObject({
  kind: z.literal('http'),
  ...common,
  url: z.url({ protocol: /^https?$/ }).describe('an http or https address'),
  method: z.enum(['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS']).default('GET').describe('the request’s method'),
  headers: z.record(z.string(), z.string()).describe('further headers').optional(),
  body: z.string().describe('sent as it is').optional(),
  auth: auth.optional(),
  status: z.union([z.int().min(100).max(599), z.array(z.int().min(100).max(599)).min(1), boundSchema]).default({ atLeast: 200, atMost: 399 }).describe('the status that is expected'),
  timeLimit: durationSchema.default('5s').describe('an answer that takes longer doesn’t count'),
  answer: z.union([boundSchema, z.strictObject({ field: z.string().min(1).describe('a path in the answer’s JSON'), ...boundShape }).refine(isBound, 'say what to compare the field with')]).describe('what the answer’s text, or a field of its JSON, is compared with').optional(),
});

/** Compares a condition or a field of one object of a cluster. */
export const conditionSpecSchema = z
  .strictObject({
    kind: z.literal('condition'),
    ...common,
    object: objectRef.describe('the object that is looked at'),
    condition: z.union([z.string().min(1), z.strictObject({ type: z.string().min(1), status: z.enum(['True', 'False', 'Unknown']).default('True') })]).describe('a condition of its status that must be True, or have another status').optional(),
    field: z.string().min(1).describe('a path in the object, such as status.readyReplicas').optional(),
    sameAs: z.string().min(1).describe('another path in the object: both must have the same value').optional(),
    ...boundShape,
  })
  .refine((spec) => spec.condition !== undefined || spec.sameAs !== undefined || isBound(spec), 'say a condition, a field with what to compare it with, or exists')
  .refine((spec) => spec.condition === undefined || (spec.field === undefined && spec.sameAs === undefined && !isBound(spec)), 'a condition is asked alone: no field and nothing to compare with')
  .refine((spec) => spec.sameAs === undefined || (spec.field !== undefined && !isBound(spec)), 'sameAs compares a field, with nothing else')
  .refine((spec) => spec.condition !== undefined || spec.field !== undefined || Object.keys(boundShape).every((key) => key === 'exists' || (spec as Record<string, unknown>)[key] === undefined), 'say the field that is compared');

/** Counts the objects of a selection: how many there are, and how many of them are ready or in a phase. */
export const readySpecSchema = z.strictObject({
  kind: z.literal('ready'),
  ...common,
  namespace: z.string().min(1).describe('where they are; everywhere, without').optional(),
  selector: z.string().describe('their labels, such as app=guestbook,tier=frontend; all without').optional(),
  objects: z.strictObject({ apiVersion: z.string().min(1), kind: z.string().min(1) }).default({ apiVersion: 'v1', kind: 'Pod' }).describe('what is counted'),
  condition: z.union([z.string().min(1), z.strictObject({ type: z.string().min(1), status: z.enum(['True', 'False', 'Unknown']).default('True') })]).default('Ready').describe('the condition that makes one count'),
  phase: z.union([z.string().min(1), z.array(z.string().min(1)).min(1)]).describe('counts those in this phase, or one of these, instead of those with the condition').optional(),
  share: boundSchema.describe('what the share of them, 0 to 1, is compared with; of none it is 0').optional(),
  count: boundSchema.describe('what their number is compared with').optional(),
  rest: boundSchema.describe('what the number of the others is compared with: 0 means that all of them count').optional(),
  total: boundSchema.describe('what the number of all of them is compared with').optional(),
}).refine((spec) => [spec.share, spec.count, spec.rest, spec.total].some((bound) => bound !== undefined), 'say the share, count, rest or total that is expected');

/** Counts documents of OpenSearch or Elasticsearch, or takes a value out of a search’s answer. */
export const searchSpecSchema = z.strictObject({
  kind: z.literal('search'),
  ...common,
  url: z.url({ protocol: /^https?$/ }).describe('the cluster’s address'),
  index: z.string().min(1).describe('an index, an alias, a data stream or a pattern'),
  query: z.union([z.string().min(1), z.record(z.string(), z.unknown())]).describe('a query string (Lucene syntax), or a query of the query language').optional(),
  aggregations: z.record(z.string(), z.unknown()).describe('asked beside the query').optional(),
  value: z.string().min(1).describe('a path in the answer, such as aggregations.errors.value; without it, the number of hits').optional(),
  auth: auth.optional(),
  timeLimit: durationSchema.default('10s').describe('an answer that takes longer doesn’t count'),
  ...boundShape,
}).refine(isBound, 'say what the number is compared with, such as atLeast');

/** A probe as data, so that a file can name it. */
export const probeSpecSchema = z.discriminatedUnion('kind', [httpSpecSchema, conditionSpecSchema, readySpecSchema, searchSpecSchema]);

/** {@link probeSpecSchema} as it is written. */
export type ProbeSpec = z.input<typeof probeSpecSchema>;
/** The kinds of probe. */
export type ProbeKind = ProbeSpec['kind'];

/** The kinds of probe, for whoever names them. */
export const PROBE_KINDS: readonly ProbeKind[] = ['http', 'condition', 'ready', 'search'];
