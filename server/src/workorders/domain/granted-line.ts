/** Decides what kind of work a granted line is, and what its people are told to do. */
import type { Bilingual } from '../../kernel/bilingual.js';
import type { PolicyDirection, PolicyProtocol, PolicyWish } from './network-policy.js';
import type { WorkOrderKind } from './work-order.js';

export interface LineToDo {
  readonly kind: 'VM' | 'SERVER' | 'CABINET' | 'SERVICE';
  readonly nature: 'NEW' | 'CHANGE';
  readonly requestCode: string;
  readonly lineName: string;
  readonly answers: readonly { readonly key: string; readonly value: string }[];
  readonly count: number;
  /** Of machines on recorded pools, and of a change: what is to be done. */
  readonly details: readonly Bilingual[];
}

/** Without a nature it is a new one's. */
type Asked = Pick<LineToDo, 'kind' | 'answers'> & Partial<Pick<LineToDo, 'nature'>>;

/** A service is known by the questions that it asks: offers are the catalogue's to name. */
function asks(line: Asked, ...keys: readonly string[]): boolean {
  return line.kind === 'SERVICE' && keys.every((key) => line.answers.some((answer) => answer.key === key));
}

export function kindOfLine(line: Asked): WorkOrderKind {
  if (line.nature === 'CHANGE') return 'CHANGE';
  if (line.kind !== 'SERVICE') return 'DELIVERY';
  if (asks(line, 'direction', 'peer', 'protocol')) return 'NETWORK_POLICY';
  return asks(line, 'cycle', 'keepDays') ? 'BACKUP' : 'SERVICE';
}

/** null = the line asks for no network policy. */
export function policyWishOf(line: LineToDo): PolicyWish | null {
  if (kindOfLine(line) !== 'NETWORK_POLICY') return null;
  const answer = (key: string): string => line.answers.find((each) => each.key === key)?.value.trim() ?? '';
  return {
    direction: answer('direction').toUpperCase() as PolicyDirection,
    protocol: answer('protocol').toUpperCase() as PolicyProtocol,
    peerCidr: answer('peer'),
    peerSystemId: null,
    ports: answer('ports'),
    until: answer('until') || null,
    reason: answer('reason'),
  };
}

const INSTRUCTIONS_LENGTH_MAX = 1_000;

export function instructionsOf(line: LineToDo): string {
  const lines = [
    `申请单 ${line.requestCode}，${line.lineName} × ${line.count}`,
    ...line.details.map(({ zh }) => zh),
    ...line.answers.map(({ key, value }) => `${key}：${value}`),
  ];
  return lines.join('\n').slice(0, INSTRUCTIONS_LENGTH_MAX);
}
