/** Decides what a month of one thing of a line costs by the price that its share was placed at. */
import type { PlacedShare, ShareName } from '../../allocation/domain/dr-shares.js';

interface PricedLineOf {
  readonly id: string;
  readonly itemCount: number;
  readonly monthlyFen: bigint | null;
  readonly shares: readonly PlacedShare[];
}

/** A server or a place: each of a share costs the same. A service is its line. */
export function itemFen(
  lines: readonly PricedLineOf[],
  item: { readonly lineId: string; readonly kind: string; readonly share: ShareName },
): bigint {
  const line = lines.find(({ id }) => id === item.lineId);
  if (!line) return 0n;
  return item.kind === 'SERVICE' ? (line.monthlyFen ?? 0n) : eachFen(line, item.share);
}

/** The storage of one machine's data in the recovery center. */
export function dataFen(lines: readonly PricedLineOf[], lineId: string): bigint {
  const line = lines.find(({ id }) => id === lineId);
  return line ? eachFen(line, 'RECOVERY') : 0n;
}

/** Lines from before prices were kept by thing are of one price. */
function eachFen(line: PricedLineOf, name: ShareName): bigint {
  const share = line.shares.find((one) => one.share === name);
  if (!share || share.owed || share.count === 0) return 0n;
  const [first] = share.prices;
  return first ? BigInt(first.eachFen) : BigInt(share.monthlyFen ?? 0) / BigInt(share.count);
}
