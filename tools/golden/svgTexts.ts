/** The texts of a drawing, in the order in which they stand in it. */
export function textsOf(svg: string): readonly string[] {
  return [...svg.matchAll(/<(?:text|tspan)\b[^>]*>([^<]*)(?=<)/g)].map(([, text = '']) => plain(text)).filter((text) => text !== '');
}

/** Entities that drawings are written with. */
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function plain(text: string): string {
  return text.replace(/&(?:#(\d+)|#x([\da-f]+)|(\w+));/gi, (whole, decimal?: string, hex?: string, name?: string) => {
    if (decimal !== undefined) return String.fromCodePoint(Number(decimal));
    return hex === undefined ? (ENTITIES[name ?? ''] ?? whole) : String.fromCodePoint(Number.parseInt(hex, 16));
  });
}

/** How often each colour fills or draws something; as `rgb(r,g,b)` without spaces, or `#rrggbb` in small letters. */
export function colorsIn(svg: string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const [, color = ''] of svg.matchAll(/\b(?:fill|stroke)(?:="|:)\s*(#[\da-f]{6}|rgba?\([^)]*\))/gi)) {
    const name = color.toLowerCase().replace(/\s/g, '');
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return counts;
}
