/** Sizes of the writing, in px; the font is the reader's own, so widths are an estimate on the safe side. */
export const font = { title: 13, bus: 12, line: 11 } as const;
export const lineHeight = 15;

/** Width of a line of text in px. */
export const width = (text: string, size: number): number =>
  Math.ceil([...text].reduce((sum, letter) => sum + share(letter), 0) * size);

/** Width of a letter as a share of the size. */
const share = (letter: string): number =>
  /[A-Zmw@%…→⇄×]/.test(letter) ? 0.8 : /[ ,.:;ijl|'/]/.test(letter) ? 0.36 : 0.6;

/** The text in lines of at most so many characters, broken between words; a longer word keeps its line. */
export function wrap(text: string, characters: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last === undefined || last.length + 1 + word.length > characters) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines;
}

/** How much wider a title is for being bold. */
const bold = 1.06;

/** Width of the widest of a title and its lines. */
export const widest = (title: string, lines: readonly string[]): number =>
  Math.max(width(title, font.title) * bold, ...lines.map((line) => width(line, font.line)));
