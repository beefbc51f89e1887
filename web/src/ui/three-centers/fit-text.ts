// SVG does not wrap or cut text. Widths are estimated: a Chinese character is one em wide, a Latin one a little over half.
const widthOf = (character: string): number => ((character.codePointAt(0) ?? 0) > 0x2e7f ? 1 : 0.56);

/** The text cut to a width in px, with an ellipsis; the whole stands in the element's title. */
export function fitText(text: string, width: number, fontSize: number): string {
  const characters = [...text];
  let used = 0;
  for (const [index, character] of characters.entries()) {
    used += widthOf(character) * fontSize;
    const last = index === characters.length - 1;
    if (used > width - (last ? 0 : fontSize)) return `${characters.slice(0, index).join('')}…`;
  }
  return text;
}
