import { GUIDE_PAGES } from '../guidePages.ts';
import { EmptyNote } from '../parts/notes.tsx';
import { useRoute } from '../state/useRoute.ts';
import { Markdown } from './Markdown.tsx';

/** The Guide page: the lab, page by page. */
export default function GuidePage() {
  const { path, href } = useRoute();
  const index = Math.max(0, GUIDE_PAGES.findIndex((entry) => entry.slug === path[1]));
  const page = GUIDE_PAGES[index];
  if (!page) return <EmptyNote title="The guide is empty." />;
  const before = GUIDE_PAGES[index - 1];
  const after = GUIDE_PAGES[index + 1];
  return (
    <div className="guide">
      <nav aria-label="Guide" className="guide-nav">
        <ol>
          {GUIDE_PAGES.map((entry) => (
            <li key={entry.slug}>
              <a href={href(['guide', entry.slug])} aria-current={entry === page ? 'page' : undefined}>
                {entry.title}
              </a>
            </li>
          ))}
        </ol>
      </nav>
      <article className="card">
        <Markdown text={page.text} />
        <p className="guide-turn">
          {before ? <a href={href(['guide', before.slug])}>← {before.title}</a> : <span />}
          {after ? <a href={href(['guide', after.slug])}>{after.title} →</a> : null}
        </p>
      </article>
    </div>
  );
}
