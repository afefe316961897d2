import { Icon } from '../parts/Icon.tsx';
import { useRoute } from '../state/useRoute.ts';
import { PAGES } from './pages.ts';

/** The way from page to page: a rail at the left, a bar at the bottom on narrow screens. */
export function Rail({ active }: { readonly active: string }) {
  const { href } = useRoute();
  return (
    <nav className="rail" aria-label="Pages">
      <a className="rail-mark" href={href(['overview'])} aria-label="Podscope, overview">
        <img src="./favicon.svg" alt="" width={30} height={30} />
      </a>
      <ul>
        {PAGES.map((page) => (
          <li key={page.id}>
            <a href={href([page.id])} aria-current={page.id === active ? 'page' : undefined}>
              <Icon name={page.icon} size={22} />
              <span>{page.title}</span>
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
