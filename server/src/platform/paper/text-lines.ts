/** Where a text breaks into lines: Chinese between any two characters, Latin between words, no line beginning with a closing mark. */

/** Marks that do not begin a line (行首禁则), and those that do not end one. */
const NOT_FIRST = new Set('，。、；：！？）】》〕」』”’…·%％,.;:!?)]}>/—');
const NOT_LAST = new Set('（【《〔「『“‘([{<￥¥');
/** Characters of a word that is not broken: letters, digits and what joins them. */
const OF_A_WORD = /[\p{Script=Latin}\p{Nd}_@#&+*='"-]/u;

/** Pieces between which a line may break, each with the spaces that follow it. */
function pieces(text: string): string[] {
  const found: string[] = [];
  let piece = '';
  let before = '';
  for (const character of text) {
    const joined =
      before === '' ||
      character === ' ' ||
      NOT_FIRST.has(character) ||
      NOT_LAST.has(before) ||
      (OF_A_WORD.test(before) && OF_A_WORD.test(character)) ||
      // What is written without a space after a mark of its own kind, e.g. "8.5" or "a/b".
      (before !== ' ' && /[.,:/]/.test(before) && OF_A_WORD.test(character));
    if (!joined) {
      found.push(piece);
      piece = '';
    }
    piece += character;
    before = character;
  }
  if (piece !== '') found.push(piece);
  return found;
}

/** `widthOf` one character; a word that is wider than a line is broken where the line ends. */
export function breakLines(text: string, width: number, widthOf: (character: string) => number): string[] {
  return text.split('\n').flatMap((paragraph) => breakParagraph(paragraph, width, widthOf));
}

function breakParagraph(text: string, width: number, widthOf: (character: string) => number): string[] {
  const measure = (part: string): number => [...part].reduce((sum, character) => sum + widthOf(character), 0);
  const lines: string[] = [];
  let line = '';
  let used = 0;
  const end = (): void => {
    lines.push(line.trimEnd());
    line = '';
    used = 0;
  };
  for (const piece of pieces(text)) {
    // Spaces at the end of a line take no room.
    if (used > 0 && used + measure(piece.trimEnd()) > width) end();
    for (const character of measure(piece.trimEnd()) > width ? [...piece] : [piece]) {
      if (used > 0 && used + measure(character.trimEnd()) > width) end();
      line += character;
      used += measure(character);
    }
  }
  end();
  return lines;
}
