import { Command, CommanderError, Option } from 'commander';
import { PodscopeError } from '@podscope/core';
import { action, examples, usageExitCode } from './commands/command.ts';
import { addAwsAccessCommands } from './commands/aws/access/register.ts';
import { addDashboardsCommands } from './commands/dashboards/register.ts';
import { addFaultCommands, prepareFaultHelp } from './commands/fault/register.ts';
import { addIndicesCommands } from './commands/indices/register.ts';
import { addAwsWanted, addEvent } from './commands/aws/flags.ts';
import { byTarget } from './commands/kubernetes/dispatch.ts';
import { addClusterAndServer, addTarget, addTargetOrAws, addUp, addWanted } from './commands/kubernetes/flags.ts';
import { addManifestsCommands } from './commands/manifests/register.ts';
import { exitCodes } from './terminal/exitCodes.ts';
import { reportError } from './terminal/output.ts';
import { packageVersion } from './targets/embedded/entry.ts';

/** The command line of `podscope`: every verb with its arguments, options and examples. */
export function createProgram(): Command {
  const program = new Command('podscope')
    .description('The container observability workshop on OpenSearch: a guestbook on a simulated cluster, its logs and metrics, and three mystery hunts.')
    .version(packageVersion(), '-V, --version')
    .showSuggestionAfterError()
    .enablePositionalOptions()
    .showHelpAfterError('(podscope --help lists the commands)')
    .exitOverride();
  examples(program, 'up', 'status', 'hunt start not-found-storm', 'down');

  const add = (name: string, description: string) => program.command(name).description(description);

  examples(
    action(
      addAwsWanted(addUp(addTargetOrAws(add('up', 'start everything, print the console’s address, stay until Ctrl-C; or put everything on a cluster, or into an account of AWS'))
        .option('--detach', 'return when everything is ready; end it with "podscope down"')
        .option('--console-port <port>', 'port of the console; 0 takes a free one', '5690')
        .option('--opensearch-port <port>', 'port of OpenSearch; 0 takes a free one', '0')
        .option('--guestbook-port <port>', 'port of the guestbook; 0 takes a free one', '0')
        .option('--seed <text>', 'seeds the guestbook’s entries and its visitors', 'podscope')
        .addOption(new Option('--shippers <which>', 'who ships logs and metrics: the collector, a real shipper where one is installed, or real ones or an error').choices(['built-in', 'auto', 'real']).default('built-in'))
        .option('--shippers-bin <folder>', 'where fluent-bit, fluentd, filebeat and metricbeat are looked for before the PATH')
        .option('--config <file>', 'workshop configuration; without it, podscope.config.ts of the working directory'))),
      async () => byTarget({ embedded: async () => (await import('./commands/up/index.ts')).run, kubernetes: async () => (await import('./commands/kubernetes/up.ts')).run, aws: async () => (await import('./commands/aws/up.ts')).run }, 'embedded'),
    ),
    'up',
    'up --detach --json',
    'up --shippers auto --shippers-bin /opt/fluent-bit/bin',
    'up --target kubernetes --context staging --dry-run',
    'up --target kubernetes --context staging --opensearch-nodes 3',
    'up --target aws --estimate',
    'up --target aws --policy',
    'up --target aws --event reinvent --region eu-west-1 --hours 10',
  );
  examples(
    action(
      addEvent(addClusterAndServer(addTargetOrAws(add('down', 'end everything; exits non-zero until nothing is left'))))
        .option('--keep-data', 'leave OpenSearch’s volumes on the cluster, with the Secrets that open them')
        .option('--yes', 'delete OpenSearch’s volumes, too, without asking; of AWS, everything')
        .option('--timeout <minutes>', 'how long everything on the cluster may take to be gone (5); of AWS, each part (90)'),
      async () => byTarget({ embedded: async () => (await import('./commands/down/index.ts')).run, kubernetes: async () => (await import('./commands/kubernetes/down.ts')).run, aws: async () => (await import('./commands/aws/down.ts')).run }),
    ),
    'down',
    'down --target kubernetes --keep-data',
    'down --target aws --event reinvent --region eu-west-1',
  );
  examples(
    action(
      addEvent(addClusterAndServer(addTargetOrAws(add('status', 'what runs, where, and how it is')))),
      async () => byTarget({ embedded: async () => (await import('./commands/status/index.ts')).run, kubernetes: async () => (await import('./commands/kubernetes/status.ts')).run, aws: async () => (await import('./commands/aws/status.ts')).run }),
    ),
    'status --json',
    'status --target kubernetes --context staging',
    'status --target aws',
  );
  examples(
    action(addWanted(add('diff', 'what "up --target kubernetes" would change on the cluster; exits with 2 when there is something')), async () => byTarget({ embedded: async () => (await import('./commands/kubernetes/diff.ts')).run, kubernetes: async () => (await import('./commands/kubernetes/diff.ts')).run }, 'kubernetes')),
    'diff',
    'diff --opensearch-nodes 3 --json',
  );
  examples(
    action(
      add('doctor', 'check that this machine has what is needed').option('--fix', 'install what is missing with apt, as root on Debian'),
      async () => (await import('./commands/doctor/index.ts')).run,
    ),
    'doctor',
    'doctor --fix',
  );
  examples(
    action(add('get', 'list a kind of object of the simulated cluster').argument('<kind>', 'pods, nodes, deployments or events'), async () => (await import('./commands/get/index.ts')).run),
    'get pods',
    'get events',
  );
  examples(
    action(add('describe', 'everything about one object').argument('<object>', 'pod/<name>, deployment/<name> or node/<name>'), async () => (await import('./commands/describe/index.ts')).run),
    'describe deployment/frontend',
  );
  examples(
    action(add('scale', 'change the number of replicas').argument('<deployment>').argument('<replicas>'), async () => (await import('./commands/scale/index.ts')).run),
    'scale frontend 5',
  );
  examples(
    action(add('restart', 'restart a pod, or a deployment pod by pod').argument('<target>', 'pod/<name> or deployment/<name>'), async () => (await import('./commands/restart/index.ts')).run),
    'restart pod/redis-replica-0',
    'restart deployment/frontend',
  );
  examples(
    action(
      add('exec', 'run redis-cli in a Redis pod').argument('<pod>').argument('<command...>', 'after --').passThroughOptions(),
      async () => (await import('./commands/exec/index.ts')).run,
    ),
    'exec redis-primary-0 -- redis-cli INFO memory',
  );
  examples(
    action(
      add('logs', 'the last lines of a pod’s log, or of the supervisor’s').argument('<pod>', 'a pod’s name, or "supervisor"').option('--tail <lines>', 'how many lines', '50'),
      async () => (await import('./commands/logs/index.ts')).run,
    ),
    'logs redis-primary-0 --tail 20',
  );
  const clients = examples(add('clients', 'who sends requests to the guestbook'), 'clients list');
  examples(action(clients.command('list').description('every client with its address and rate'), async () => (await import('./commands/clients/index.ts')).list), 'clients list');
  examples(action(clients.command('stop').description('end one client').argument('<id>'), async () => (await import('./commands/clients/index.ts')).stop), 'clients stop visitors');
  examples(
    action(clients.command('rate').description('set the visitors’ requests in a second').argument('<rate>'), async () => (await import('./commands/clients/index.ts')).rate),
    'clients rate 20',
  );
  examples(action(add('publish', 'make the guestbook serve a page').argument('<path>'), async () => (await import('./commands/publish/index.ts')).run), 'publish /news');
  examples(
    action(
      addClusterAndServer(addTarget(add('open', 'open a page in the browser; of a cluster until Ctrl-C, through a port of this machine').argument('[page]', 'console, guestbook or opensearch; of a cluster dashboards, too', 'console')))
        .option('--port <port>', 'of this machine, for a page of a cluster; a free one without it')
        .option('--detach', 'of a cluster’s console: return when it is there; "podscope down" ends it'),
      async () => byTarget({ embedded: async () => (await import('./commands/open/index.ts')).run, kubernetes: async () => (await import('./commands/kubernetes/open.ts')).run }),
    ),
    'open',
    'open guestbook',
    'open dashboards --target kubernetes',
    'open console --target kubernetes --detach',
  );

  const hunt = examples(add('hunt', 'play the mystery hunts'), 'hunt list', 'hunt start not-found-storm', 'hunt submit not-found-storm');
  const huntAction = (name: string, description: string, prepare: (command: Command) => Command, verb: 'list' | 'start' | 'show' | 'hint' | 'answer' | 'submit' | 'stop') =>
    action(prepare(hunt.command(name).description(description)), async () => (await import('./commands/hunt/index.ts'))[verb]);
  examples(huntAction('list', 'every hunt and its state', (command) => command, 'list'), 'hunt list');
  examples(huntAction('start', 'break something', (command) => command.argument('<id>').option('--seed <text>', 'the same seed draws the same mystery'), 'start'), 'hunt start runaway-replicas');
  examples(huntAction('show', 'story, tasks, hints taken, questions and answers', (command) => command.argument('<id>'), 'show'), 'hunt show runaway-replicas');
  examples(huntAction('hint', 'reveal the next hint, at its cost', (command) => command.argument('<id>'), 'hint'), 'hunt hint runaway-replicas');
  examples(
    huntAction('answer', 'answer questions', (command) => command.argument('<id>').argument('<question=answer...>'), 'answer'),
    'hunt answer runaway-replicas deployment=frontend cause=2',
    'hunt answer not-found-storm "paths=/one, /two"',
  );
  examples(huntAction('submit', 'be told whether answers and fix are right', (command) => command.argument('<id>'), 'submit'), 'hunt submit runaway-replicas');
  examples(huntAction('stop', 'give up: undo what was broken and show the debrief', (command) => command.argument('<id>'), 'stop'), 'hunt stop runaway-replicas');
  examples(
    action(
      hunt
        .command('rehearse')
        .description('play every hunt’s contract against the running system; exits non-zero if a part fails')
        .argument('[ids...]', 'hunts to rehearse; all without')
        .option('--seeds <number>', 'how many mysteries of each hunt', '1')
        .option('--seed <text>', 'first seed', 'rehearsal'),
      async () => (await import('./commands/hunt/rehearse.ts')).run,
    ),
    'hunt rehearse --json',
    'hunt rehearse fragmented-redis --seeds 5',
  );

  addFaultCommands(add('fault', 'inject faults without a story'));
  addDashboardsCommands(add('dashboards', 'check, convert, decompile, preview, import and export dashboards'));
  addIndicesCommands(add('indices', 'plan and change templates, pipelines, data streams and what is in them'));
  addAwsAccessCommands(add);
  addManifestsCommands(add('manifests', 'write, compare and check the Kubernetes manifests of the guestbook and its shippers'));
  return program;
}

const HELP_HINT = '"podscope --help" lists the commands; "podscope <command> --help" shows examples.';

/** Runs one command line; the exit code. */
export async function runProgram(argv: readonly string[]): Promise<number> {
  const json = argv.includes('--json');
  await prepareFaultHelp(argv);
  const program = createProgram();
  const quiet = (command: Command): void => {
    command.exitOverride().configureOutput({ writeErr: () => undefined });
    for (const each of command.commands) quiet(each);
  };
  quiet(program);
  try {
    await program.parseAsync([...argv], { from: 'user' });
    return Number(process.exitCode ?? exitCodes.ok);
  } catch (error) {
    if (!(error instanceof CommanderError)) return reportError(error, json);
    if (error.exitCode === 0) return exitCodes.ok;
    if (error.code === 'commander.help') {
      // Of "podscope hunt" the verbs of hunt, not all of them.
      const group = program.commands.find((each) => each.name() === argv[0]) ?? program;
      if (json) reportError(new PodscopeError('CLI_USAGE', `"${group === program ? 'podscope' : `podscope ${group.name()}`}" needs a command.`, { hint: HELP_HINT }), json);
      else group.configureOutput({ writeErr: (text) => process.stderr.write(text) }).outputHelp({ error: true });
      return usageExitCode(argv[0]);
    }
    const code = error.code === 'commander.unknownCommand' ? 'CLI_UNKNOWN_COMMAND' : 'CLI_USAGE';
    const message = error.message.replace(/^error: /, '').replace(/\n/g, ' ').replace(/\s*\(podscope --help.*\)/, '');
    reportError(new PodscopeError(code, `${message.charAt(0).toUpperCase()}${message.slice(1)}${/[.?!)]$/.test(message) ? '' : '.'}`, { hint: HELP_HINT }), json);
    return usageExitCode(argv[0]);
  }
}
