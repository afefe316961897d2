import { LogsView } from './LogsView.tsx';

/** The Logs page. */
export default function LogsPage() {
  return <LogsView />;
}
