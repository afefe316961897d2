import { notFoundStorm as notFoundFault } from '@podscope/fault-injectors';
import { defineHunt, isOneOf, isSamePaths } from '@podscope/mystery-hunts';
import { cured, symptom } from './checker.ts';
import { drawNotFound } from './truth.ts';

const ONE_CLIENT = 'One client keeps asking for pages that are not there';

/** One client floods the guestbook with requests for pages that do not exist. */
export const notFoundStorm = defineHunt({
  id: 'not-found-storm',
  title: 'The storm of 404s',
  story: [
    'The error rate of the guestbook went up, and the alarm went off. Visitors have not complained so far.',
    'Most of the answers are honest: "404 Not Found". There are always a few of those. Not this many.',
    'Find out what is asked for and by whom, and stop it at its source.',
  ].join('\n\n'),
  difficulty: 2,
  minutes: 15,
  tasks: [
    'Find the paths that the storm asks for. A few 404s are always there: leave those out.',
    'Find the address that it comes from.',
    'Stop it at its source, or publish the missing pages.',
  ],
  dashboards: ['guestbook-web', 'overview'],
  drawTruth: drawNotFound,
  fault: ({ clientId, userAgent, address, rate, paths }) => notFoundFault({ client: { id: clientId, userAgent, address, rate, paths } }),
  hints: [
    { text: 'On the guestbook dashboard, look at the 404s by URL since the hunt began. Which of them were not there before?', cost: 5 },
    { text: 'In the logs, filter apache-* by status 404 and one of those paths, and look at source.ip and user_agent.original.', cost: 10 },
    { text: 'The command "podscope clients list" shows who sends requests, with address and user agent; "podscope clients stop <id>" ends one. "podscope publish <path>" makes a missing page exist.', cost: 15 },
  ],
  questions: [
    { id: 'address', aspect: 'localise', prompt: 'From which address does the storm come?', kind: 'text', grade: (answer, truth) => isOneOf(answer, truth.address) },
    {
      id: 'cause',
      aspect: 'mechanism',
      prompt: 'What is behind it?',
      kind: 'choice',
      choices: ['The web pods lost their pages in a restart', 'Redis lost entries, so their pages are gone', ONE_CLIENT, 'The address of the guestbook leads to another service'],
      grade: (answer) => isOneOf(answer, ONE_CLIENT),
    },
    { id: 'paths', aspect: 'scope', prompt: 'Which paths does the storm ask for? List them all.', kind: 'list', grade: (answer, truth) => isSamePaths(answer, truth.paths) },
  ],
  symptom,
  cured,
  debrief: (truth) =>
    [
      `The client \`${truth.clientId}\` (${truth.address}, \`${truth.userAgent}\`) asked about ${truth.rate} times a second for:`,
      '',
      ...truth.paths.map((path) => `- \`${path}\``),
      '',
      'In `apache-*`, `http.response.status_code: 404` by `url.path` shows these paths from the start of the hunt on, all from one `source.ip`. The few others come from many addresses: they are honest mistakes.',
      '',
      'Stopping the client ends it at the source; publishing the pages turns the 404s into 200s. Restarting or shrinking the web tier does neither.',
    ].join('\n'),
});
