import { useEffect, useId, useRef, useState } from 'react';
import { useSharedOverview } from '../api/OverviewContext.ts';
import { visible } from '../parts/format.ts';
import { Icon } from '../parts/Icon.tsx';
import { execCall, publishCall, restartCall, scaleCall, stopClientCall, type VerbName } from './command.ts';
import { useVerb } from './useVerb.ts';
import { VerbFields, type VerbValues } from './VerbFields.tsx';

const VERBS: readonly { readonly verb: VerbName; readonly title: string }[] = [
  { verb: 'scale', title: 'Scale' },
  { verb: 'restart', title: 'Restart' },
  { verb: 'exec', title: 'Exec' },
  { verb: 'stop-client', title: 'Stop client' },
  { verb: 'publish', title: 'Publish' },
];

/** The public verbs as a form, with what they answered. */
export function VerbBox() {
  const { lines, busy, send } = useVerb();
  const state = useSharedOverview().data?.state;
  const [verb, setVerb] = useState<VerbName>('scale');
  const [values, setValues] = useState<VerbValues>({ deployment: '', replicas: '3', target: '', pod: '', command: 'redis-cli INFO memory', client: '', path: '/' });
  const heading = useId();
  const log = useRef<HTMLOListElement>(null);
  useEffect(() => {
    log.current?.scrollTo({ top: log.current.scrollHeight });
  }, [lines]);
  if (!state) return <p className="quiet">The state of the cluster is not here yet.</p>;

  const deployment = values.deployment || (state.deployments.find((entry) => entry.name === 'frontend') ?? state.deployments[0])?.name || '';
  const target = values.target || `deployment/${deployment}`;
  const pod = values.pod || state.pods.find((entry) => entry.role === 'primary')?.name || '';
  const client = values.client || state.clients[0]?.id || '';
  const filled = { ...values, deployment, target, pod, client };

  function call() {
    switch (verb) {
      case 'scale':
        return scaleCall(deployment, values.replicas.trim() === '' ? Number.NaN : Number(values.replicas));
      case 'restart':
        return restartCall(target);
      case 'exec':
        return execCall(pod, values.command);
      case 'stop-client':
        return stopClientCall(client);
      case 'publish':
        return publishCall(values.path.trim());
    }
  }
  const ready = call();

  return (
    <section className="verbs" aria-labelledby={heading}>
      <h3 id={heading}>
        <Icon name="terminal" size={16} /> Act on the system
      </h3>
      <div className="segments" role="group" aria-label="Verb">
        {VERBS.map((entry) => (
          <button key={entry.verb} type="button" aria-pressed={entry.verb === verb} onClick={() => setVerb(entry.verb)}>
            {entry.title}
          </button>
        ))}
      </div>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void send(ready);
        }}
      >
        <VerbFields verb={verb} state={state} values={filled} onChange={(change) => setValues({ ...values, ...change })} />
        <div className="verbs-run">
          <code>{'command' in ready ? ready.command : ready.problem}</code>
          <button type="submit" className="button button-main" disabled={busy}>
            {busy ? 'Running' : 'Run'}
          </button>
        </div>
      </form>
      {lines.length > 0 ? (
        <ol className="verbs-log" ref={log} role="log" aria-label="What was run" tabIndex={0}>
          {lines.map((line, index) => (
            <li key={index} className={line.failed ? 'is-failed' : ''}>
              {line.command ? <b>$ {visible(line.command)}</b> : null}
              <span>{visible(line.output)}</span>
            </li>
          ))}
        </ol>
      ) : null}
    </section>
  );
}
