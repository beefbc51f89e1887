/**
 * What a spreadsheet would carry out when it opens the file (OWASP: CSV injection); a plain number may begin so. The
 * full-width signs are formulas to one with an East Asian locale, and NUL is skipped before one.
 */
const DANGEROUS = /^[=+\-@＝＋－＠\t\r\n\0]/;
const PLAIN_NUMBER = /^[+-]?\d+([.,]\d+)*%?$/;
const NEEDS_QUOTES = /[",\r\n]/;

/** CSV in UTF-8 with its mark, which spreadsheets want before they believe it. No cell of it is a formula to anyone. */
export function csvText(rows: Iterable<readonly string[]>): string {
  return `\uFEFF${csvLines(rows)}`;
}

/** The same further down, where a file is made piece by piece. */
export function csvLines(rows: Iterable<readonly string[]>): string {
  let text = '';
  for (const row of rows) text += `${row.map(csvCell).join(',')}\r\n`;
  return text;
}

export function csvCell(text: string): string {
  const harmless = DANGEROUS.test(text) && !PLAIN_NUMBER.test(text) ? `'${text}` : text;
  return NEEDS_QUOTES.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
