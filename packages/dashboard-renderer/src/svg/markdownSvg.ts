import { svgDocument, type SvgOptions, textPart } from './svgParts.ts';
import { textWidth } from './textWidth.ts';

/** A text in Markdown as lines that fit: headings are large, and of links the words are left. */
export function markdownSvg(text: string, options: SvgOptions): string {
  let y = 8;
  const parts: string[] = [];
  for (const line of text.split(/\r?\n/)) {
    const heading = /^(#{1,6})\s+/.exec(line);
    const size = heading ? [22, 20, 18, 16, 14, 13][(heading[1] as string).length - 1] ?? 13 : 13;
    const bold = heading !== null;
    const plain = line
      .replace(/^#{1,6}\s+/, '')
      .replace(/^\s*[-*+]\s+/, '• ')
      .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
      .replace(/\*\*|__|`/g, '');
    for (const words of wrapped(plain, options.width - 24, size)) {
      y += size * 1.45;
      parts.push(textPart(12, y, words, options, { size, bold }));
    }
  }
  return svgDocument(options, parts);
}

function wrapped(line: string, width: number, size: number): readonly string[] {
  const lines = [''];
  for (const word of line.split(' ')) {
    const longer = `${lines.at(-1)} ${word}`.trimStart();
    if (textWidth(longer, `${size}px`) <= width || lines.at(-1) === '') lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}
