/** How a piece of text is coloured. */
export type Colour = 'green' | 'yellow' | 'red' | 'cyan' | 'dim' | 'bold';

/** Colours a text, or leaves it as it is where there are no colours. */
export type Paint = (how: Colour, text: string) => string;

const CODES: Readonly<Record<Colour, readonly [number, number]>> = { green: [32, 39], yellow: [33, 39], red: [31, 39], cyan: [36, 39], dim: [2, 22], bold: [1, 22] };

/** Paint for a terminal, or none. */
export function paintOf(colour: boolean): Paint {
  return (how, text) => (colour ? `\u001b[${CODES[how][0]}m${text}\u001b[${CODES[how][1]}m` : text);
}

/** Values and names come from the server: control and invisible characters must not reach a terminal. */
export function safe(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}]/gu, '�');
}
