/** Money is whole fen (1/100 yuan) in a bigint. Unit prices are decimals of yuan with up to 6 places, kept as scaled bigints. */
export type Fen = bigint;

/** 1 yuan = 100 fen; a unit price carries 6 decimal places of yuan = 4 of fen. */
const PRICE_SCALE_PER_FEN = 10_000n;
const PRICE_DECIMALS = 6;

/** A unit price in millionths of a yuan (DECIMAL(18,6) in the database). */
export type UnitPriceMicroYuan = bigint;

/** Reads a DECIMAL text such as "35.500000". Throws RangeError on anything else: a price that cannot be read is a defect of the data. */
export function parseUnitPrice(text: string): UnitPriceMicroYuan {
  const match = /^(\d{1,12})(?:\.(\d{1,6}))?$/.exec(text);
  if (!match) throw new RangeError(`not a unit price: ${text}`);
  return BigInt(match[1] as string) * 1_000_000n + BigInt((match[2] ?? '').padEnd(PRICE_DECIMALS, '0'));
}

/** price × quantity, rounded half up to the fen. Each line rounds alone (design §8). */
export function amountFen(price: UnitPriceMicroYuan, quantity: bigint): Fen {
  if (price < 0n || quantity < 0n) throw new RangeError('a price and a quantity are never negative');
  return (price * quantity + PRICE_SCALE_PER_FEN / 2n) / PRICE_SCALE_PER_FEN;
}
