// SVG does not wrap or cut text, so widths are estimated, in em: a Chinese character is one, a Latin letter or digit a little over
// half, narrow marks a third. Fonts differ from machine to machine; the estimate errs to the wide side.
function widthOf(character: string): number {
  if ((character.codePointAt(0) ?? 0) > 0x2e7f) return 1;
  return /[\s.,:;'|!()]/.test(character) ? 0.32 : 0.57;
}

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
