import { replicaStorm } from '@podscope/fault-injectors';
import { defineHunt, isNumber, isOneOf } from '@podscope/mystery-hunts';
import { cured, symptom } from './checker.ts';
import { drawRunaway } from './truth.ts';

const NO_ROOM = 'The nodes have no room left for them';

/** A mystery script asks for far more web pods than fit. */
export const runawayReplicas = defineHunt({
  id: 'runaway-replicas',
  title: 'Runaway replicas',
  story: [
    'It is Monday morning, and the cluster has just filled up, although hardly anybody signs the guestbook. If it stays like that, the bill will look odd.',
    'The night shift swears that nobody touched anything. There is a script for load tests that nobody admits to having started.',
    'Find out what happened, and bring the cluster back to a size that fits.',
  ].join('\n\n'),
  difficulty: 1,
  minutes: 10,
  tasks: [
    'Find the deployment that asks for more than it gets.',
    'Find out how much it asks for, how much of that waits, and what for.',
    'Bring it back to a size that fits, without leaving the visitors alone.',
  ],
  dashboards: ['kubernetes', 'overview'],
  drawTruth: drawRunaway,
  fault: (truth) => replicaStorm({ deployment: truth.deployment, replicas: truth.replicas }),
  hints: [
    { text: 'On the Kubernetes dashboard, compare desired with available replicas for each deployment, over the time since the hunt began.', cost: 5 },
    { text: 'Pods that wait have events. Search kubernetes-* for the reason FailedScheduling and read the message.', cost: 10 },
    { text: 'A deployment is brought to another size with "podscope scale <deployment> <replicas>". Choose a number that fits and still serves visitors.', cost: 15 },
  ],
  questions: [
    {
      id: 'deployment',
      aspect: 'localise',
      prompt: 'Which deployment asks for more than it gets?',
      kind: 'text',
      grade: (answer, truth) => isOneOf(answer, [truth.deployment, `guestbook/${truth.deployment}`, `deployment/${truth.deployment}`]),
    },
    {
      id: 'cause',
      aspect: 'mechanism',
      prompt: 'Why do the missing pods not run?',
      kind: 'choice',
      choices: ['They start and crash again and again', 'Their image cannot be pulled', NO_ROOM, 'They run but never become ready'],
      grade: (answer) => isOneOf(answer, NO_ROOM),
    },
    { id: 'asked', aspect: 'scope', prompt: 'How many replicas did the script ask for?', kind: 'text', grade: (answer, truth) => isNumber(answer, truth.replicas) },
    { id: 'pending', aspect: 'scope', prompt: 'How many of them stayed pending?', kind: 'text', grade: (answer, truth) => isNumber(answer, truth.pending) },
  ],
  symptom,
  cured,
  debrief: (truth) =>
    [
      `The script scaled \`${truth.deployment}\` to **${truth.replicas}** replicas. The nodes have room for ${truth.room} web pods, so **${truth.pending}** stayed pending.`,
      '',
      '- `metricbeat-*`: `kubernetes.deployment.replicas.desired` jumps, `…unavailable` stays up.',
      '- `kubernetes-*`: `FailedScheduling` events name the reason, one for each pod that waits.',
      '- Any size from 2 to what fits cures it. Scaling to zero frees the nodes and closes the guestbook.',
    ].join('\n'),
});
