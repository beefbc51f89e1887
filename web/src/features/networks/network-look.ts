import {
  CheckCircleOutlined,
  CloseCircleOutlined,
  FieldTimeOutlined,
  HourglassOutlined,
  MinusCircleOutlined,
  WarningOutlined,
} from '@ant-design/icons';
import type { AddressState, IpFamily, NetworkStack } from '../../graphql/enums';
import { count } from '../../lib/quantity';
import type { StateLook } from '../../ui/StateTag';

export const addressStates = {
  HELD: { tone: 'waiting', icon: FieldTimeOutlined },
  ALLOCATED: { tone: 'good', icon: CheckCircleOutlined },
  QUARANTINE: { tone: 'moving', icon: HourglassOutlined },
  RELEASED: { tone: 'quiet', icon: MinusCircleOutlined },
} satisfies Record<AddressState, StateLook>;

/** How much is left of a family: a word for it, and whether somebody has to think of it. */
export const roomLooks = {
  free: { tone: 'good', icon: CheckCircleOutlined },
  scarce: { tone: 'waiting', icon: WarningOutlined },
  full: { tone: 'bad', icon: CloseCircleOutlined },
} satisfies Record<string, StateLook>;
export type Room = keyof typeof roomLooks;

/** Below a tenth there is time to draw another network before this one is full: drawing and cabling take weeks. */
const SCARCE_SHARE = 0.1;

export function roomOf({ free, usable }: { free: number; usable: number }): Room {
  if (free <= 0) return 'full';
  return free < usable * SCARCE_SHARE ? 'scarce' : 'free';
}

export const familyName: Record<IpFamily, string> = { IPV4: 'IPv4', IPV6: 'IPv6' };

export function stackOf({
  ipv4Prefix,
  ipv6Prefix,
}: {
  ipv4Prefix: string | null;
  ipv6Prefix: string | null;
}): NetworkStack {
  if (ipv4Prefix && ipv6Prefix) return 'DUAL';
  return ipv4Prefix ? 'IPV4_ONLY' : 'IPV6_ONLY';
}

/** Beyond that nobody reads digits. */
const COUNTED_UP_TO = 10_000_000;
const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** 1002 → "1,002"; what an IPv6 prefix holds → "1.8×10¹⁹". */
export function manyAddresses(amount: number): string {
  if (amount <= COUNTED_UP_TO) return count(amount);
  const [digits = '', power = ''] = amount.toExponential(1).split('e+');
  return `${digits}×10${[...power].map((digit) => SUPERSCRIPTS[Number(digit)]).join('')}`;
}
