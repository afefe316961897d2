import { isObject } from '../normalise/json.ts';
import type { SetupPath, SetupProblem } from './problem.ts';
import { itemsOf, type Loose, namesIn } from './loose.ts';
import { subjectOf } from './shapes.ts';
import { SECTION_NAMES, type SetupSection } from './sections.ts';

/** Letters, digits and `-_.` after a letter or digit: what every supported server takes as a name everywhere. */
const NAME = /^[a-z0-9][a-z0-9._-]*$/;
/** Templates and pipelines may also have `@` and `+`, as those of Elasticsearch do. */
const TEMPLATE_NAME = /^[a-z0-9][a-z0-9._@+-]*$/;
const LONGEST_NAME = 255;
const SETTING = /^[a-z][a-zA-Z0-9_]*(?:\.[a-zA-Z0-9_*-]+)+$/;
const OWNER = /^[a-z0-9][a-z0-9._-]{0,63}$/;

const MORE_IN_NAME: readonly SetupSection[] = ['componentTemplates', 'ingestPipelines', 'legacyTemplates', 'indexTemplates'];
/** One space of names on the server, with indices. */
const SHARED: readonly SetupSection[] = ['dataStreams', 'rolloverAliases', 'aliases'];

/** A name, where it stands, and how it is called in a message. */
interface Named {
  readonly name: string;
  readonly path: SetupPath;
  readonly subject: string;
}

/** Names that no server takes, or that are given to two things where the server has one space of names. */
export function nameProblems(setup: Loose): readonly SetupProblem[] {
  const shared = SHARED.flatMap((section) => namedIn(setup, section));
  const indices = indicesNamed(setup);
  return [
    ...ownerProblems(setup),
    ...SECTION_NAMES.filter((section) => section !== 'clusterSettings').flatMap((section) =>
      namedIn(setup, section).flatMap((named) => formProblem(named, MORE_IN_NAME.includes(section) ? TEMPLATE_NAME : NAME)),
    ),
    ...indices.flatMap((named) => formProblem(named, NAME)),
    ...repeated(namedIn(setup, 'dataStreams'), (named) => ({ what: `${named.subject} is named twice` })),
    ...repeated(shared, (named, first) =>
      named.path[0] === first.path[0] ? undefined : { what: `${named.subject} has the name of a ${first.subject.replace(/ ".*/u, '')} of the setup` },
    ),
    ...indices.flatMap(({ name, path, subject }) => {
      const first = shared.find((each) => each.name === name);
      return first === undefined ? [] : [{ path, also: first.path, what: `${subject} has the name of a data stream or alias of the setup`, allowed: 'the name of an index, such as ' + JSON.stringify(`${name}-000001`) }];
    }),
    ...namesIn(setup, 'clusterSettings')
      .filter((name) => !SETTING.test(name))
      .map((name) => ({ path: ['clusterSettings', name], what: `cluster setting ${JSON.stringify(name)} is not a dotted name`, allowed: 'the whole name, such as "action.auto_create_index"' })),
  ];
}

function ownerProblems({ owner }: Loose): readonly SetupProblem[] {
  if (typeof owner !== 'string' || OWNER.test(owner)) return [];
  return [{ path: ['owner'], what: `owner ${JSON.stringify(owner)} is no name of an owner`, allowed: 'lower-case letters, digits, ".", "_" or "-", at most 64' }];
}

function formProblem({ name, path, subject }: Named, form: RegExp): readonly SetupProblem[] {
  if (form.test(name) && name.length <= LONGEST_NAME) return [];
  const marks = form === NAME ? '".", "_" or "-"' : '".", "_", "-", "@" or "+"';
  return [{ path, what: `${subject}: the name can't be used on every server`, allowed: `lower case, beginning with a letter or digit, then letters, digits, ${marks}, at most ${LONGEST_NAME}` }];
}

/** What is said of each that has the name of an earlier one. */
function repeated(all: readonly Named[], say: (named: Named, first: Named) => Pick<SetupProblem, 'what'> | undefined): readonly SetupProblem[] {
  return all.flatMap((named, position) => {
    const first = all.find(({ name }) => name === named.name);
    if (first === undefined || all.indexOf(first) === position) return [];
    const said = say(named, first);
    return said === undefined ? [] : [{ ...said, path: named.path, also: first.path }];
  });
}

function namedIn(setup: Loose, section: SetupSection): readonly Named[] {
  if (section === 'dataStreams') return itemsOf(setup.dataStreams).map(([position, name]) => ({ name, path: [section, position], subject: subjectOf(section, name) }));
  return namesIn(setup, section).map((name) => ({ name, path: [section, name], subject: subjectOf(section, name) }));
}

/** The indices that rollover aliases and aliases name. */
function indicesNamed(setup: Loose): readonly Named[] {
  const index = (name: string, path: SetupPath): Named => ({ name, path, subject: `index ${JSON.stringify(name)}` });
  const first = Object.entries(setup.rolloverAliases).flatMap(([alias, body]) => {
    const name = isObject(body) ? body['firstIndex'] : undefined;
    return typeof name === 'string' ? [index(name, ['rolloverAliases', alias, 'firstIndex'])] : [];
  });
  const members = Object.entries(setup.aliases).flatMap(([alias, body]) => {
    const indices = isObject(body) ? body['indices'] : undefined;
    return isObject(indices) ? Object.keys(indices).map((name) => index(name, ['aliases', alias, 'indices', name])) : [];
  });
  return [...first, ...new Map(members.map((named) => [named.name, named])).values()];
}
