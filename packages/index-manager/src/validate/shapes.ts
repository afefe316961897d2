import { checkLifecyclePolicy } from '../lifecycle/check.ts';
import { anyObject, collect, expecting, list, name, object, record, type Shape, text } from '../lifecycle/shape.ts';
import { isObject } from '../normalise/json.ts';
import { problemOf, type SetupProblem } from './problem.ts';
import { SECTION_NAMES, SECTIONS, type SetupSection } from './sections.ts';

const whole: Shape = expecting('a whole number', Number.isSafeInteger);
const wholeFromZero: Shape = expecting('a whole number from 0', (value) => Number.isSafeInteger(value) && Number(value) >= 0);
const truth: Shape = expecting('true or false', (value) => typeof value === 'boolean');

/** Servers ignore a routing that is a number. */
const aliasOptions: Shape = object({ filter: anyObject, routing: text, index_routing: text, search_routing: text, is_write_index: truth, is_hidden: truth });
const body = { settings: anyObject, mappings: anyObject, aliases: record(aliasOptions) };
const patterns: Shape = list(text, 1);
const processors: Shape = list(
  expecting('one processor under its name, such as {"set": {…}}', (value) => isObject(value) && Object.values(value).filter((each) => each !== undefined).length === 1),
);

/** The form of a thing of each section. What stands in `settings`, `mappings` and processors is the server's to judge. */
const THINGS: Readonly<Record<SetupSection, Shape>> = {
  clusterSettings: expecting(
    'a text, a number, true, false or a list of texts, under the whole dotted name',
    (value) => ['string', 'number', 'boolean'].includes(typeof value) || (Array.isArray(value) && value.every((item) => typeof item === 'string')),
  ),
  componentTemplates: object({ 'template!': object(body), version: whole, _meta: anyObject }),
  ingestPipelines: object({ description: text, 'processors!': processors, on_failure: processors, version: whole }),
  lifecyclePolicies: (policy, _, report) => {
    for (const problem of checkLifecyclePolicy(policy)) report(problem);
  },
  legacyTemplates: object({ 'index_patterns!': patterns, order: whole, ...body, version: whole }),
  indexTemplates: object({
    'index_patterns!': patterns,
    composed_of: list(text),
    priority: wholeFromZero,
    data_stream: object({ timestamp_field: object({ 'name!': name }) }),
    template: object(body),
    version: whole,
    _meta: anyObject,
  }),
  dataStreams: text,
  rolloverAliases: object({ firstIndex: name }),
  aliases: object({ 'indices!': record(aliasOptions) }),
};

const setup: Shape = object({ owner: text, ...Object.fromEntries(SECTION_NAMES.map((section) => [section, section === 'dataStreams' ? list(text) : anyObject])) });

/** What is wrong with the form of a setup: members that are not known, missing, or of another kind. */
export function formProblems(input: object): readonly SetupProblem[] {
  return [
    ...collect(setup, input).map((problem) => problemOf('the setup', [], input, problem)),
    ...SECTION_NAMES.filter((section) => section !== 'dataStreams').flatMap((section) => {
      const things: unknown = (input as Readonly<Record<string, unknown>>)[section];
      return isObject(things) ? Object.entries(things).flatMap(([thing, value]) => thingProblems(section, thing, value)) : [];
    }),
  ];
}

/** What is wrong with the form of one thing. */
export function thingProblems(section: SetupSection, thing: string, value: unknown): readonly SetupProblem[] {
  return collect(THINGS[section], value).map((problem) => problemOf(subjectOf(section, thing), [section, thing], value, problem));
}

/** How a thing is called in a message. */
export function subjectOf(section: SetupSection, thing: string): string {
  return `${SECTIONS[section].one} ${JSON.stringify(thing)}`;
}

