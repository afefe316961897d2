import { EmptyNote, ErrorNote, Skeleton, StaleNote } from '../parts/notes.tsx';
import { useRoute } from '../state/useRoute.ts';
import { HuntCards } from './HuntCards.tsx';
import { HuntPlay } from './HuntPlay.tsx';
import { useHunts } from './useHunts.ts';

/** The Hunts page: cards, or one hunt in play. */
export default function HuntsPage() {
  const { path, href } = useRoute();
  const hunts = useHunts();
  const { data, error } = hunts.load;
  if (!data) return error ? <ErrorNote error={error} /> : <Skeleton height={320} label="Loading the hunts" />;
  const id = path[1];
  const stale = error ? <StaleNote error={error} /> : null;
  if (!id) {
    return (
      <>
        {stale}
        <HuntCards hunts={data} />
      </>
    );
  }
  const hunt = data.find((entry) => entry.id === id);
  if (!hunt) {
    return (
      <EmptyNote title="There is no hunt of that name.">
        <a href={href(['hunts'])}>All hunts</a>
      </EmptyNote>
    );
  }
  return (
    <>
      {stale}
      <p className="crumbs">
        <a href={href(['hunts'])}>All hunts</a>
      </p>
      <HuntPlay key={hunt.id} hunt={hunt} busy={hunts.busy} problem={hunts.problem} step={(name, body) => hunts.step(hunt.id, name, body)} />
    </>
  );
}
