/** An object without what is undefined: the typed Kubernetes objects have optional members, none that may be undefined. */
export function given<T extends object>(object: { readonly [Name in keyof T]: T[Name] | undefined }): T {
  const kept: Partial<T> = {};
  for (const name of Object.keys(object) as (keyof T)[]) {
    if (object[name] !== undefined) kept[name] = object[name];
  }
  return kept as T;
}
