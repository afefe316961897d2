/** The key of a bucket that holds what the others of its terms don't. */
export const OTHER = '__other__';
