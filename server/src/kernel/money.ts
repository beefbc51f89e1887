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

/** The DECIMAL text of a unit price, e.g. "35.500000". */
export function formatUnitPrice(price: UnitPriceMicroYuan): string {
  const fraction = (price % 1_000_000n).toString().padStart(PRICE_DECIMALS, '0');
  return `${price / 1_000_000n}.${fraction}`;
}

/**
 * price × quantity / per, rounded half up to the fen, exactly: `per` is how many of the quantity's units make one priced
 * unit (1024 for MiB priced by the GiB). Each line rounds alone (design §8).
 */
export function amountFen(price: UnitPriceMicroYuan, quantity: bigint, per = 1n): Fen {
  if (price < 0n || quantity < 0n || per < 1n) throw new RangeError('a price and a quantity are never negative');
  const divisor = PRICE_SCALE_PER_FEN * per;
  return (2n * price * quantity + divisor) / (2n * divisor);
}
