import { CheckCircleOutlined, ClockCircleOutlined, StopOutlined } from '@ant-design/icons';
import type { ContractKind, SpendState } from '../../../graphql/enums';
import type { StateLook } from '../../../ui/StateTag';

export const spendStates: { readonly [S in SpendState]: StateLook } = {
  ENTERED: { tone: 'waiting', icon: ClockCircleOutlined },
  CONFIRMED: { tone: 'good', icon: CheckCircleOutlined },
  WITHDRAWN: { tone: 'quiet', icon: StopOutlined },
};

export const contractKinds: readonly ContractKind[] = [
  'CLOUD_PLATFORM',
  'HOSTING',
  'MAINTENANCE',
  'NETWORK',
  'SECURITY',
  'POWER',
  'SOFTWARE',
  'OTHER',
];

const DAY_MS = 86_400_000;

/** The day before: periods are half-open in the books, and a paper names its last day. */
export function dayBefore(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00.000Z`) - DAY_MS).toISOString().slice(0, 10);
}

/** '' where it is no day yet. */
export function dayAfter(day: string): string {
  const time = Date.parse(`${day}T00:00:00.000Z`);
  return Number.isNaN(time) ? '' : new Date(time + DAY_MS).toISOString().slice(0, 10);
}

/** Hundredths of a percent: 9995 → "99.95%". */
export const shareText = (share: number): string => `${(share / 100).toFixed(2)}%`;

/** "99.95" → 9995; null = no share of a whole. */
export function shareOf(percent: string): number | null {
  const match = /^(\d{1,3})(?:\.(\d{1,2}))?$/.exec(percent.trim());
  if (!match) return null;
  const share = Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0'));
  return share <= 10_000 ? share : null;
}

/** Today in Shanghai, where the accounts are kept. */
export const today = (): string => new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
export const thisYear = (): number => Number(today().slice(0, 4));

/** "2026-01" → "2025-12". */
export function monthBefore(month: string): string {
  return dayBefore(`${month}-01`).slice(0, 7);
}
