import { checkLifecyclePolicy, composableOf, defineIndexSetup, type IndexSetupInput, type JsonObject, type JsonValue, type PipelineFeatures, type TemplateFeatures, translatePipeline, translateTemplate } from '../../../packages/index-manager/src/index.ts';
import { retentionPolicyOf } from '../../../packages/index-manager/src/lifecycle/retention-states.ts';
import { isLegacy } from '../../../packages/index-manager/src/mappings/translate.ts';
import { type Item, meantBy, ownPatterns, ownPolicy, PREFIX } from './ownNames.ts';
import { isObject } from './recognise.ts';

/** What a server can do, as far as it matters here. */
export interface Target extends TemplateFeatures {
  readonly pipelines: PipelineFeatures;
  readonly ism: boolean;
  readonly ilm: boolean;
}

/** A resource, ready for one server; or why it isn't for it. */
export type Prepared =
  | { readonly item: Item; readonly setup: IndexSetupInput; readonly rules: readonly string[]; readonly needs: readonly string[] }
  | { readonly item: Item; readonly refused: string };

/** Members that servers add to what they give back. */
const SERVERS_OWN = /^index\.(?:uuid|creation_date|provided_name|version\..*|resize\..*|history\..*|replication\..*)$/u;

/** Translates a resource for a server and gives it its own name; nothing is asked of the server. */
export function prepare(item: Item, items: readonly Item[], target: Target): Prepared {
  try {
    const fields = fieldsIn(item.body);
    if (fields > MOST_FIELDS) return { item, refused: `has ${fields} fields, and more than ${MOST_FIELDS} are not tried: a server would lose its memory over them` };
    const kind = prepareKind(item, items, target);
    const prepared: Prepared = 'refused' in kind ? kind : { ...kind, rules: [...item.read, ...kind.rules] };
    if (!('refused' in prepared)) defineIndexSetup({ owner: PREFIX, ...withNeeds(prepared) });
    return prepared;
  } catch (error) {
    return { item, refused: error instanceof Error ? error.message : String(error) };
  }
}

/** Servers refuse indices of more than 1000, as long as nobody tells them otherwise. */
const MOST_FIELDS = 100_000;

function fieldsIn(value: JsonValue | undefined): number {
  if (!isObject(value)) return 0;
  const { properties } = value;
  const own = isObject(properties) ? Object.keys(properties).length : 0;
  return Object.values(value).reduce<number>((sum, each) => sum + fieldsIn(each), own);
}

/** The setup of one resource with empty ones of what it needs, so that what is wrong with it is found before all of them are put together. */
function withNeeds({ setup, needs }: Extract<Prepared, { readonly setup: IndexSetupInput }>): IndexSetupInput {
  const components = Object.fromEntries(needs.map((name) => [name, { template: {} }]));
  const pipelines = Object.fromEntries(needs.map((name) => [name, { processors: [] }]));
  return { ...setup, componentTemplates: { ...components, ...setup.componentTemplates }, ingestPipelines: { ...pipelines, ...setup.ingestPipelines } };
}

function prepareKind(item: Item, items: readonly Item[], target: Target): Prepared {
  switch (item.kind) {
    case 'unknown':
      return { item, refused: item.why ?? 'is of an unknown form' };
    case 'lifecycle-policy':
      return preparePolicy(item, target);
    case 'ingest-pipeline':
      return preparePipeline(item, items, target);
    case 'legacy-template':
      return prepareLegacy(item, items, target);
    case 'index-template':
      return prepareIndexTemplate(item, items, target);
    default:
      return prepareComponent(item, items, target);
  }
}

function preparePipeline(item: Item, items: readonly Item[], target: Target): Prepared {
  const { pipeline, applied, refused } = translatePipeline(item.body, target.pipelines, { hasPipeline: (name) => meantBy(items, ['ingest-pipeline'], name, item) !== undefined });
  if (refused.length > 0) return { item, refused: refusal(refused) };
  return { item, setup: { ingestPipelines: { [item.own]: pipeline as never } }, rules: applied.map(({ rule }) => rule), needs: [] };
}

function prepareComponent(item: Item, items: readonly Item[], target: Target): Prepared {
  const [body, rules] = item.kind === 'mapping' ? [{ template: { mappings: item.body } }, ['mapping-to-component']] : item.kind === 'index' ? [componentOfIndex(item.body), ['index-to-component']] : [item.body, []];
  const { template, applied, refused } = translateTemplate(body, target);
  if (refused.length > 0) return { item, refused: refusal(refused) };
  const { template: inner, needs, stands } = withPipelines(template, item, items);
  return { item, setup: { ...stands.setup, componentTemplates: { [item.own]: inner as never } }, rules: [...rules, ...applied.map(({ rule }) => rule), ...stands.rules], needs };
}

/** An index without what only that index has. */
function componentOfIndex(body: JsonObject): JsonObject {
  const { settings, mappings, aliases, version } = body;
  const kept = (node: JsonObject, path: string): JsonObject =>
    Object.fromEntries(
      Object.entries(node).flatMap(([name, value]) => {
        const at = `${path}${name}`;
        if (SERVERS_OWN.test(at.startsWith('index.') ? at : `index.${at}`)) return [];
        return [[name, isObject(value) ? kept(value, `${at}.`) : value]];
      }),
    );
  return { template: { ...(isObject(settings) ? { settings: kept(settings, '') } : {}), ...(mappings === undefined ? {} : { mappings }), ...(aliases === undefined ? {} : { aliases }) }, ...(typeof version === 'number' ? { version } : {}) };
}

function prepareIndexTemplate(item: Item, items: readonly Item[], target: Target): Prepared {
  // Some write the body of a legacy template beside what only composable ones have.
  const old = isLegacy(item.body);
  const body = old ? composableOf(item.body) : item.body;
  const capitals = namesOf(body['index_patterns']).find(hasCapitals);
  if (capitals !== undefined) return { item, refused: holdsForNothing(capitals) };
  const composed = namesOf(body['composed_of']);
  const optional = new Set(namesOf(body['ignore_missing_component_templates']));
  const found = composed.map((name) => [name, meantBy(items, ['component-template', 'mapping', 'index'], name, item)] as const);
  const missing = found.filter(([name, component]) => component === undefined && !optional.has(name)).map(([name]) => name);
  if (missing.length > 0) return { item, refused: `is composed of ${missing.join(', ')}, which the folder does not have` };
  const names = found.flatMap(([, component]) => (component === undefined ? [] : [component.own]));
  const left = composed.length - names.length;
  const { template, applied, refused } = translateTemplate({ ...body, ...(composed.length === 0 ? {} : { composed_of: names }) }, target);
  if (refused.length > 0) return { item, refused: refusal(refused) };
  const { template: ready, needs, stands } = withPipelines({ ...template, ...ownPriority(template['priority']), index_patterns: ownPatterns(body['index_patterns'], item.own) }, item, items);
  const rules = [...(old ? ['legacy-to-composable'] : []), ...applied.map(({ rule }) => rule), ...(left > 0 ? ['optional-component'] : []), ...stands.rules];
  return { item, setup: { ...stands.setup, indexTemplates: { [item.own]: ready as never } }, rules, needs: [...needs, ...names] };
}

/** Priorities that a server's own templates for `*` don't have: two of one priority for the same names are refused. */
function ownPriority(priority: JsonValue | undefined): JsonObject {
  return typeof (priority ?? 0) === 'number' && Number(priority ?? 0) >= 0 ? { priority: Number(priority ?? 0) + 500_000_000 } : {};
}

function hasCapitals(pattern: string): boolean {
  return /\p{Lu}/u.test(pattern.replaceAll(/\$\{[^}]*\}|\{\{.*?\}\}/gu, ''));
}

function holdsForNothing(pattern: string): string {
  return `its pattern ${pattern} has capital letters, which the name of no index has: the template would hold for nothing`;
}

function namesOf(value: JsonValue | undefined): readonly string[] {
  if (typeof value === 'string') return [value];
  return Array.isArray(value) ? (value as readonly JsonValue[]).map(String) : [];
}

function prepareLegacy(item: Item, items: readonly Item[], target: Target): Prepared {
  const { template, applied, refused } = translateTemplate(item.body, target);
  const capitals = namesOf(template['index_patterns']).find(hasCapitals);
  if (capitals !== undefined) return { item, refused: holdsForNothing(capitals) };
  if (refused.length > 0) return { item, refused: refusal(refused) };
  const { template: body, needs, stands } = withPipelines({ ...template, index_patterns: ownPatterns(template['index_patterns'], item.own) }, item, items);
  return { item, setup: { ...stands.setup, legacyTemplates: { [item.own]: body as never } }, rules: [...applied.map(({ rule }) => rule), ...stands.rules], needs };
}

function preparePolicy(item: Item, target: Target): Prepared {
  const [problem] = checkLifecyclePolicy(item.body);
  if (problem !== undefined) return { item, refused: `${problem.path} ${problem.what}; allowed: ${problem.allowed}` };
  const isIlm = item.body['phases'] !== undefined;
  const policy = isIlm ? item.body : ownPolicy(item.body, item.own);
  const setup: IndexSetupInput = { lifecyclePolicies: { [item.own]: policy as never } };
  if (isIlm ? target.ilm : target.ism) return { item, setup, rules: [], needs: [] };
  if (target.ism || target.ilm) return { item, setup, rules: [isIlm ? 'ilm-to-ism' : 'ism-to-ilm'], needs: [] };
  const { unsupported } = retentionPolicyOf(item.own, policy as never);
  // Without the others indices take more room or are slower; with one that is not passed over, nothing would ever be deleted.
  const blocks = unsupported.filter(({ effect }) => effect === 'blocks');
  if (blocks.length > 0) return { item, refused: `the server carries out no policies, and runLifecycle would stop at a part of it: ${blocks.map(({ path, why }) => `${path} (${why})`).join(', ')}` };
  return { item, setup, rules: ['policy-to-runLifecycle', ...(unsupported.length > 0 ? ['actions-left-out'] : [])], needs: [] };
}

/** A template whose pipelines have names of their own. */
interface WithPipelines {
  readonly template: JsonObject;
  readonly needs: readonly string[];
  /** For pipelines of elsewhere: a server takes a template that names one, and so an empty one stands for it. */
  readonly stands: { readonly setup: IndexSetupInput; readonly rules: readonly string[] };
}

/** Default and final pipelines by their own names. */
function withPipelines(template: JsonObject, item: Item, items: readonly Item[]): WithPipelines {
  const needs: string[] = [];
  const stands: string[] = [];
  const renamed = (node: JsonObject): JsonObject =>
    Object.fromEntries(
      Object.entries(node).map(([name, value]) => {
        if (isObject(value)) return [name, renamed(value)];
        if (typeof value !== 'string' || !/(?:^|\.)(?:default|final)_pipeline$/u.test(name) || value === '_none') return [name, value];
        const pipeline = meantBy(items, ['ingest-pipeline'], value, item);
        if (pipeline === undefined) stands.push(`${item.own}-pipeline`);
        else needs.push(pipeline.own);
        return [name, pipeline?.own ?? `${item.own}-pipeline`];
      }),
    );
  const inner = isObject(template['template']) ? template['template'] : template;
  const settings = isObject(inner['settings']) ? renamed(inner['settings']) : undefined;
  const body = settings === undefined ? template : isObject(template['template']) ? { ...template, template: { ...inner, settings } } : { ...template, settings };
  const setup: IndexSetupInput = stands.length === 0 ? {} : { ingestPipelines: Object.fromEntries(stands.map((name) => [name, { processors: [] }])) };
  return { template: body, needs, stands: { setup, rules: stands.length === 0 ? [] : ['pipeline-of-elsewhere'] } };
}

function refusal(refused: readonly { readonly path: string; readonly why: string }[]): string {
  const [first] = refused;
  return `${first?.path ?? ''}: ${first?.why ?? ''}${refused.length > 1 ? ` (and ${refused.length - 1} more)` : ''}`;
}
