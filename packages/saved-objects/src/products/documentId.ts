/** Bytes of a document's id in an index; a saved object's is `<type>:<id>`. */
const LONGEST = 512;

/** Why no index holds an object of that id; undefined when one does. */
export function whyNoDocument({ type, id }: { readonly type: string; readonly id: string }): string | undefined {
  const bytes = new TextEncoder().encode(`${type}:${id}`).length;
  return bytes > LONGEST ? `the id has ${bytes} bytes with its type; an index holds ${LONGEST}` : undefined;
}
