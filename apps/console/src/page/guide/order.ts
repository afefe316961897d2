/** One page of the guide. */
export interface GuidePageText {
  readonly slug: string;
  readonly title: string;
  readonly text: string;
}

/** The page that the guide begins with. */
const FIRST = ['README', 'index', 'start', 'start-here'];

/** The pages behind file paths: the first page, those that it links to in its order, the others by name. */
export function guidePagesOf(files: Readonly<Record<string, string>>): readonly GuidePageText[] {
  const pages = Object.entries(files).map(([path, text]) => {
    const slug = path.split('/').at(-1)?.replace(/\.md$/, '') ?? path;
    return { slug, title: /^#\s+(.+)$/m.exec(text)?.[1]?.trim() ?? slug, text };
  });
  const first = pages.find((page) => FIRST.includes(page.slug));
  const place = ({ slug }: GuidePageText): number => {
    if (slug === first?.slug) return -1;
    const link = first?.text.search(new RegExp(`\\]\\((?:\\./)?${slug.replace(/[^\w-]/g, '')}\\.md`)) ?? -1;
    return link < 0 ? Number.MAX_SAFE_INTEGER : link;
  };
  return pages.sort((one, other) => place(one) - place(other) || one.slug.localeCompare(other.slug));
}
