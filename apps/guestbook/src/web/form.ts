import type { IncomingMessage } from 'node:http';
import { MESSAGE_LENGTH, NAME_LENGTH } from '../entry.ts';

/** Longest body that is read. Bytes. */
export const BODY_BYTES = 8_192;

/** The body as text, or undefined when it is longer than {@link BODY_BYTES}. */
export async function readBody(request: IncomingMessage): Promise<string | undefined> {
  const parts: Buffer[] = [];
  let size = 0;
  // Leaving the loop must not close the connection: the answer goes over it.
  for await (const part of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > BODY_BYTES) {
      request.resume();
      return undefined;
    }
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

/** What was sent, cleaned; or the status and the reason why it is not taken. */
export type Submission =
  | { readonly name: string; readonly message: string }
  | { readonly status: 400 | 415 | 422; readonly reason: string };

/** Reads an entry from a form or from JSON. */
export function parseSubmission(contentType: string | undefined, body: string): Submission {
  const type = contentType?.split(';')[0]?.trim().toLowerCase();
  let fields: { name?: unknown; message?: unknown };
  if (type === 'application/x-www-form-urlencoded') {
    const form = new URLSearchParams(body);
    fields = { name: form.get('name'), message: form.get('message') };
  } else if (type === 'application/json') {
    const value = parseJson(body);
    if (typeof value !== 'object' || value === null) return { status: 400, reason: 'The body is no JSON object.' };
    fields = value;
  } else {
    return { status: 415, reason: 'Send a form or JSON.' };
  }
  const name = clean(fields.name);
  const message = clean(fields.message);
  if (name === '' || message === '') return { status: 422, reason: 'A name and a message are needed.' };
  if (name.length > NAME_LENGTH) return { status: 422, reason: `A name has at most ${NAME_LENGTH} characters.` };
  if (message.length > MESSAGE_LENGTH) return { status: 422, reason: `A message has at most ${MESSAGE_LENGTH} characters.` };
  return { name, message };
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Text without control characters and without space around it. */
function clean(value: unknown): string {
  return typeof value === 'string' ? value.replace(/\p{Cc}+/gu, ' ').trim() : '';
}
