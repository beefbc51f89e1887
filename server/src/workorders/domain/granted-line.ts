/** Decides what kind of work a granted line is, and what its people are told to do. */
import type { ServiceField } from '../../catalog/domain/service-definition.js';
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

/** In the words in which they were asked, for the people who do the work; a question that nobody knows any more by its key. */
export function wordedAnswers(
  answers: LineToDo['answers'],
  fields: readonly Pick<ServiceField, 'key' | 'label' | 'choices'>[],
): LineToDo['answers'] {
  const known = new Map(fields.map((field) => [field.key, field]));
  return answers.map(({ key, value }) => {
    const field = known.get(key);
    const choice = field?.choices.find((one) => one.value === value);
    return { key: field?.label.zh ?? key, value: choice?.label.zh ?? value };
  });
}

/** What its people are told to take down, and who set it up. */
export function endInstructionsOf(
  service: Pick<LineToDo, 'requestCode' | 'lineName' | 'answers' | 'count'> & { readonly reason: string },
  setUp: { readonly code: string; readonly assigneeName: string | null } | null,
  backup: { readonly code: string; readonly keepDays: number } | null,
): string {
  const lines = [
    `申请单 ${service.requestCode}，${service.lineName} × ${service.count} 已退还，请停用并清除配置`,
    `退还原因：${service.reason}`,
    ...(setUp ? [`办理工单 ${setUp.code}${setUp.assigneeName ? `，办理人 ${setUp.assigneeName}` : ''}`] : []),
    ...(backup ? [`备份 ${backup.code} 已终止：停止任务，已有副本保留 ${backup.keepDays} 天后清除`] : []),
    ...service.answers.map(({ key, value }) => `${key}：${value}`),
  ];
  return lines.join('\n').slice(0, INSTRUCTIONS_LENGTH_MAX);
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
