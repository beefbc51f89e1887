// Money is whole fen in a decimal string. Nothing here passes through a float: a province's yearly sum has more digits than one keeps.

const FEN = /^-?\d+$/;

function parts(fen: string): { sign: '-' | ''; yuan: bigint; fen: bigint } {
  if (!FEN.test(fen)) throw new RangeError(`Not a whole number of fen: ${fen}`);
  const value = BigInt(fen);
  const size = value < 0n ? -value : value;
  return { sign: value < 0n ? '-' : '', yuan: size / 100n, fen: size % 100n };
}

const grouped = (whole: bigint): string => whole.toString().replace(/\B(?=(\d{3})+$)/g, ',');

/** "123456" → "¥1,234.56", exact. */
export function yuanOfFen(fen: string): string {
  const { sign, yuan, fen: rest } = parts(fen);
  return `${sign}¥${grouped(yuan)}.${rest.toString().padStart(2, '0')}`;
}

/** "123456789" → "123.46": ten thousands of yuan (万元) to two decimals, rounded half up. Always shown beside the exact sum. */
export function tenThousandYuanOfFen(fen: string): string {
  const { sign, yuan, fen: rest } = parts(fen);
  const hundredths = (yuan * 100n + rest + 5_000n) / 10_000n;
  return `${sign}${grouped(hundredths / 100n)}.${(hundredths % 100n).toString().padStart(2, '0')}`;
}

/** Whether 万元 reads better than yuan: from ten thousand yuan up. */
export const isTenThousandYuan = (fen: string): boolean => parts(fen).yuan >= 10_000n;

/** "123456" → "1234.56", for a spreadsheet cell. */
export function plainYuanOfFen(fen: string): string {
  const { sign, yuan, fen: rest } = parts(fen);
  return `${sign}${yuan}.${rest.toString().padStart(2, '0')}`;
}
