/** Who may use the test environment: values that stand nowhere else, so that a test can search for them in all that was written. */
export const CREDENTIALS = {
  accessKeyId: 'AKIAPODSCOPEPLANTED0',
  secretAccessKey: 'planted/secret/access/key/of/podscope+tests',
  sessionToken: 'planted-session-token-of-podscope-tests-0123456789abcdef',
} as const;

/** The account of moto. */
export const ACCOUNT = '123456789012';

/** Which the AWS SDK tasks of moto's Step Functions sign with; they go through the front as well. */
export const STATES_KEY = 'ak';
