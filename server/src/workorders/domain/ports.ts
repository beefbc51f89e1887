/** Decides which ports and sockets are counted, and what may be claimed of them. */
import { say } from '../../kernel/bilingual.js';
import type { InvalidInput } from '../../kernel/refusal.js';

export const PORT_KINDS = [
  'COPPER_1G',
  'COPPER_10G',
  'FIBRE_10G',
  'FIBRE_25G',
  'FIBRE_100G',
  'SOCKET_C13',
  'SOCKET_C19',
  'SOCKET_GB10A',
  'SOCKET_GB16A',
] as const;
export type PortKind = (typeof PORT_KINDS)[number];

/** The biggest chassis has some four hundred ports. */
export const PORTS_PER_SET_MAX = 1_000;
const LABEL_MAX = 60;
export const CLAIMS_PER_ORDER_MAX = 50;

export function checkPortSet(wish: { readonly label: string; readonly count: number }): InvalidInput[] {
  const found: InvalidInput[] = [];
  if (wish.label.trim() === '' || wish.label.length > LABEL_MAX)
    found.push(wrong(['label'], 'length', `名称须为 1 至 ${LABEL_MAX} 字`, `A name of 1 to ${LABEL_MAX} characters`));
  if (!Number.isInteger(wish.count) || wish.count < 1 || wish.count > PORTS_PER_SET_MAX)
    found.push(wrong(['count'], 'range', `数量须为 1 至 ${PORTS_PER_SET_MAX}`, `1 to ${PORTS_PER_SET_MAX}`));
  return found;
}

/** How much of each set one order asks, sums of the same set; refused where a count is none. */
export function checkAsks(asks: readonly { readonly portSetId: string; readonly count: number }[]): InvalidInput[] {
  if (asks.length > CLAIMS_PER_ORDER_MAX)
    return [
      wrong(['ports'], 'count', `一单最多 ${CLAIMS_PER_ORDER_MAX} 项`, `At most ${CLAIMS_PER_ORDER_MAX} an order`),
    ];
  return asks.flatMap(({ count }, at) =>
    Number.isInteger(count) && count >= 1 && count <= PORTS_PER_SET_MAX
      ? []
      : [
          wrong(
            ['ports', String(at), 'count'],
            'range',
            `数量须为 1 至 ${PORTS_PER_SET_MAX}`,
            `1 to ${PORTS_PER_SET_MAX}`,
          ),
        ],
  );
}

export function summed(asks: readonly { readonly portSetId: string; readonly count: number }[]): Map<string, number> {
  const sums = new Map<string, number>();
  for (const { portSetId, count } of asks) sums.set(portSetId, (sums.get(portSetId) ?? 0) + count);
  return sums;
}

function wrong(path: readonly string[], rule: string, zh: string, en: string): InvalidInput {
  return { code: 'INVALID_INPUT', path, rule, message: say(zh, en) };
}
