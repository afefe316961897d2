import type { ClusterState } from '../../api/cluster.ts';
import type { VerbName } from './command.ts';

/** What the fields of all verbs hold. */
export interface VerbValues {
  readonly deployment: string;
  readonly replicas: string;
  readonly target: string;
  readonly pod: string;
  readonly command: string;
  readonly client: string;
  readonly path: string;
}

/** The fields of one verb. */
export function VerbFields(props: {
  readonly verb: VerbName;
  readonly state: ClusterState;
  readonly values: VerbValues;
  onChange(change: Partial<VerbValues>): void;
}) {
  const { verb, state, values, onChange } = props;
  const choice = (label: string, name: keyof VerbValues, options: readonly (readonly [string, string])[]) => (
    <label className="field">
      {label}
      <select value={values[name]} onChange={(event) => onChange({ [name]: event.target.value })}>
        {options.length === 0 ? <option value="">none</option> : null}
        {options.map(([value, text]) => (
          <option key={value} value={value}>
            {text}
          </option>
        ))}
      </select>
    </label>
  );
  const line = (label: string, name: keyof VerbValues, more: { readonly inputMode?: 'numeric'; readonly placeholder?: string } = {}) => (
    <label className="field field-wide">
      {label}
      <input type="text" value={values[name]} spellCheck={false} autoComplete="off" onChange={(event) => onChange({ [name]: event.target.value })} {...more} />
    </label>
  );
  const same = (name: string) => [name, name] as const;
  switch (verb) {
    case 'scale':
      return (
        <div className="verbs-fields">
          {choice('Deployment', 'deployment', state.deployments.map((entry) => [entry.name, `${entry.name} (${entry.desired} desired)`]))}
          {line('Replicas', 'replicas', { inputMode: 'numeric' })}
        </div>
      );
    case 'restart':
      return (
        <div className="verbs-fields">
          {choice('What', 'target', [
            ...state.deployments.map((entry) => same(`deployment/${entry.name}`)),
            ...state.pods.map((entry) => same(`pod/${entry.name}`)),
          ])}
        </div>
      );
    case 'exec':
      return (
        <div className="verbs-fields">
          {choice('Pod', 'pod', state.pods.filter((entry) => entry.role !== undefined).map((entry) => [entry.name, `${entry.name} (${entry.role ?? ''})`]))}
          {line('Command', 'command', { placeholder: 'redis-cli INFO memory' })}
        </div>
      );
    case 'stop-client':
      return (
        <div className="verbs-fields">
          {choice('Client', 'client', state.clients.map((entry) => [entry.id, `${entry.id} from ${entry.address}, ${entry.rate}/s`]))}
        </div>
      );
    case 'publish':
      return <div className="verbs-fields">{line('Path', 'path', { placeholder: '/page' })}</div>;
  }
}
