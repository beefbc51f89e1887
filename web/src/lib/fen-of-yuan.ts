const YUAN = /^(-?)(\d{1,13})(?:\.(\d{1,2}))?$/;

/** "1,234.5" → "123450"; null = no amount of yuan. Exact: nothing passes through a float. */
export function fenOfYuan(text: string): string | null {
  const match = YUAN.exec(text.replace(/[,，\s]/g, ''));
  if (!match) return null;
  const [, sign = '', yuan = '', fen = ''] = match;
  const value = BigInt(yuan) * 100n + BigInt(fen.padEnd(2, '0'));
  return value === 0n ? '0' : `${sign}${value}`;
}
