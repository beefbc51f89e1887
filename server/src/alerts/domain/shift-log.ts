/** Decides what a line of the shift log is, and what a hand-over carries over. */
import { type Bilingual, counted, say } from '../../kernel/bilingual.js';
import type { Refusal } from '../../kernel/refusal.js';

/** 记事、巡检、来电、工单、交接班. The last two are written by what they tell of. */
export const LOG_KINDS = ['NOTE', 'ROUND', 'CALL', 'TICKET', 'HAND_OVER'] as const;
export type LogKind = (typeof LOG_KINDS)[number];
/** Those that people write. */
export const WRITTEN_LOG_KINDS = ['NOTE', 'ROUND', 'CALL'] as const satisfies readonly LogKind[];
export type WrittenLogKind = (typeof WRITTEN_LOG_KINDS)[number];

/** What the console itself writes: kept as what it is of, and said in the language of whoever reads it. */
export type LogWords =
  | { readonly kind: 'TICKET'; readonly code: string; readonly did: Bilingual; readonly title: Bilingual }
  | {
      readonly kind: 'BOUNDARY_OPENED';
      readonly alertCode: string;
      readonly center: string;
      readonly count: number;
    }
  | { readonly kind: 'HANDED_OVER'; readonly from: string; readonly to: string; readonly note: string };

const KNOWN_WORDS: ReadonlySet<string> = new Set([
  'TICKET',
  'HANDED_OVER',
  'BOUNDARY_OPENED',
] satisfies LogWords['kind'][]);

/** What people wrote is theirs, in whatever language; what a newer console wrote of a kind that this one does not know, as it was kept. */
export function logText({ text, words }: { readonly text: string; readonly words: LogWords | null }): Bilingual {
  return words !== null && KNOWN_WORDS.has(words.kind) ? logWordsText(words) : say(text, text);
}

export function logWordsText(words: LogWords): Bilingual {
  if (words.kind === 'HANDED_OVER') {
    const { from, note, to } = words;
    return say(`${from} 交班，${to} 接班：${note}`, `${from} hands over to ${to}: ${note}`);
  }
  if (words.kind === 'BOUNDARY_OPENED') {
    const { alertCode, center, count } = words;
    return say(
      `告警 ${alertCode}：${center} 有 ${count} 处隔离边界在集群中被打开，系统已按规则处置，请查明来源`,
      `Alert ${alertCode}: in ${center} ${counted(count, 'boundary was', 'boundaries were')} opened in the cluster; the console has acted by its rule. Find out who did it`,
    );
  }
  const { code, did, title } = words;
  return say(`${code} ${did.zh}：${title.zh}`, `${code} ${did.en}: ${title.en}`);
}

export const LOG_TEXT_LENGTH_MAX = 500;
/** A shift with more open points than that is no shift's to hand over: they are tickets. */
export const POINTS_MAX = 100;

export function wrongLog(text: string, field = 'text'): Refusal[] {
  const length = text.trim().length;
  if (length > 0 && length <= LOG_TEXT_LENGTH_MAX) return [];
  return [
    {
      ...{ code: 'INVALID_INPUT', path: [field], rule: 'length' },
      message: say(`请填写，最多 ${LOG_TEXT_LENGTH_MAX} 字`, `Required, ${LOG_TEXT_LENGTH_MAX} characters at most`),
    },
  ];
}

/** Of its own center and of the whole desk, the oldest first. */
export function pointsOf<P extends { readonly centerId: string | null; readonly at: Date }>(
  open: readonly P[],
  centerId: string,
): P[] {
  return open
    .filter((point) => point.centerId === null || point.centerId === centerId)
    .toSorted((a, b) => a.at.getTime() - b.at.getTime())
    .slice(0, POINTS_MAX);
}
