import { redactText } from '@podscope/core';

const MASK = '[redacted]';

/** Access keys: AKIA of a user, ASIA of a session. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html */
const ACCESS_KEY = /\bA[KS]IA[A-Z2-7]{12,}\b/gu;
/** What a signed request carries, as a query, a header or part of `Authorization`. */
const SIGNED = /\b(x-amz-(?:security-token|signature|credential)|credential|signature|secretaccesskey|sessiontoken|aws_secret_access_key|aws_session_token)(["']?\s*[=:]\s*["']?)[^\s&,;"']+/giu;
/** Secret keys have forty characters of Base64, tokens some hundreds. */
const LONG = /(?<![\w/+.:-])(?:[A-Za-z0-9/+]{40}|[A-Za-z0-9/+_-]{100,})={0,2}(?![\w/+.-])/gu;

/** A text of AWS, or of a program that gives credentials, without what anybody could sign with. Hashes and names stay. */
export function withoutSecrets(text: string): string {
  return redactText(text)
    .replace(SIGNED, `$1$2${MASK}`)
    .replace(ACCESS_KEY, MASK)
    .replace(LONG, (found) => (/^[0-9a-f]+$/u.test(found) || !/[0-9]/u.test(found) || !/[A-Z]/u.test(found) || !/[a-z]/u.test(found) ? found : MASK));
}
