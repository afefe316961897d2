/** A value of JSON as text. `String` ends in an error where an object has a member `toString`. */
export function asText(value: unknown): string {
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value);
}
