import { pbkdf2, randomBytes } from 'node:crypto';
import { promisify } from 'node:util';

const derive = promisify(pbkdf2);

const ITERATIONS = 600_000;
const BITS = 256;
/** The number of HMAC-SHA-256 in the plugin's hashing library. */
const SHA256 = 3;

/** The setting under which the security plugin takes {@link hashPassword}'s hashes. Its default, bcrypt, is not in Node. */
export const HASHING_SETTINGS = { 'plugins.security.password.hashing.algorithm': 'pbkdf2' } as const;

/** A password nobody has to type. Its end meets rules that ask for every kind of character. */
export function randomPassword(): string {
  return `${randomBytes(24).toString('base64url')}-aA1`;
}

/** The hash of a password as the security plugin keeps it: `$function$iterations and length$salt$key`. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(32);
  const key = await derive(password, salt, ITERATIONS, BITS / 8, 'sha256');
  const parameters = (BigInt(ITERATIONS) << 32n) | BigInt(BITS);
  return `$${SHA256}$${parameters}$${salt.toString('base64')}$${key.toString('base64')}`;
}
