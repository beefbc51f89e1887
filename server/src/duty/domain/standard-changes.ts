/** Decides what the catalog of standard changes may hold, and what a change that is made by it may ask for. */
import { say } from '../../kernel/bilingual.js';
import type { InvalidInput, Refusal } from '../../kernel/refusal.js';
import { IMPACTS, type Impact, severityOf, URGENCIES, type Urgency } from './severity.js';
import { isText, TEXT_LENGTH_MAX, TITLE_LENGTH_MAX } from './ticket.js';
import { LINKS_MAX } from './ticket-links.js';

/** 标准变更: done often, known to be safe, approved beforehand with its steps and its way back. */
export interface StandardChange {
  /** By which people and tickets name it, in every edition: BZ-01. */
  readonly key: string;
  readonly title: string;
  readonly plan: string;
  readonly rollbackPlan: string;
  readonly impact: Impact;
  readonly urgency: Urgency;
  /** A window may not be longer. */
  readonly maxMinutes: number;
  /** So many systems, machines and servers it may name. */
  readonly maxSubjects: number;
}

export interface StandardCatalog {
  readonly entries: readonly StandardChange[];
}

/** More is no catalog that anybody reads before he chooses. */
export const ENTRIES_MAX = 100;
const NOTE_LENGTH_MAX = 200;
const KEY = /^[A-Z][A-Z0-9-]{0,19}$/;
/** A working day: what takes longer is planned as a normal change. */
const MINUTES_MAX = 480;

const invalid = (path: readonly (string | number)[], rule: string, zh: string, en: string): InvalidInput => ({
  ...{ code: 'INVALID_INPUT', path: path.map(String), rule, message: say(zh, en) },
});

/** What cannot even be kept as a draft. */
export function wrongCatalogDraft(note: string, { entries }: StandardCatalog): InvalidInput[] {
  const wrong: InvalidInput[] = [];
  if (!isText(note, NOTE_LENGTH_MAX))
    wrong.push(
      invalid(
        ...([['note'], 'length'] as const),
        `请说明改动，1 至 ${NOTE_LENGTH_MAX} 字`,
        `Say what changes, in 1 to ${NOTE_LENGTH_MAX} characters`,
      ),
    );
  if (entries.length > ENTRIES_MAX)
    wrong.push(invalid(['entries'], 'count', `最多 ${ENTRIES_MAX} 项`, `${ENTRIES_MAX} entries at most`));
  const tooLong = entries.some(
    ({ key, plan, rollbackPlan, title }) =>
      key.length > 20 ||
      title.length > TITLE_LENGTH_MAX ||
      plan.length > TEXT_LENGTH_MAX ||
      rollbackPlan.length > TEXT_LENGTH_MAX,
  );
  if (tooLong) wrong.push(invalid(['entries'], 'length', '文字过长', 'A text is too long'));
  return wrong;
}

/** Every reason against putting it in force. */
export function wrongCatalog({ entries }: StandardCatalog): InvalidInput[] {
  const wrong = entries.flatMap(wrongEntry);
  const keys = entries.map(({ key }) => key);
  for (const key of new Set(keys.filter((one, at) => keys.indexOf(one) !== at)))
    wrong.push(invalid(['entries'], 'twice', `编号 ${key} 重复`, `${key} stands there twice`));
  return wrong;
}

function wrongEntry(entry: StandardChange, at: number): InvalidInput[] {
  const { impact, key, maxMinutes, maxSubjects, plan, rollbackPlan, title, urgency } = entry;
  const named = key || `#${at + 1}`;
  const wrong: InvalidInput[] = [];
  const check = (fine: boolean, field: string, rule: string, zh: string, en: string) => {
    if (!fine) wrong.push(invalid(['entries', at, field], rule, `${named}：${zh}`, `${named}: ${en}`));
  };
  check(
    KEY.test(key),
    'key',
    'form',
    '编号为大写字母开头的字母、数字与短横',
    'A key is capital letters, digits and hyphens',
  );
  check(isText(title, TITLE_LENGTH_MAX), 'title', 'length', '请填写名称', 'It has no name');
  check(isText(plan, TEXT_LENGTH_MAX), 'plan', 'length', '请写明实施步骤', 'Say what is done, step by step');
  check(isText(rollbackPlan, TEXT_LENGTH_MAX), 'rollbackPlan', 'length', '请写明回退办法', 'Say how it is taken back');
  const known = IMPACTS.includes(impact) && URGENCIES.includes(urgency);
  const severity = known ? severityOf(impact, urgency) : null;
  // What may take a center down is looked at each time that it is done.
  check(
    severity === 'P3' || severity === 'P4',
    'impact',
    'risk',
    '只收低风险变更（P3、P4）；风险更高的按一般变更审批',
    'Only what is of low risk (P3, P4) is approved beforehand; the rest is a normal change',
  );
  check(
    Number.isInteger(maxMinutes) && maxMinutes >= 1 && maxMinutes <= MINUTES_MAX,
    'maxMinutes',
    'range',
    `窗口最长 1 至 ${MINUTES_MAX} 分钟`,
    `A window of 1 to ${MINUTES_MAX} minutes`,
  );
  check(
    Number.isInteger(maxSubjects) && maxSubjects >= 0 && maxSubjects <= LINKS_MAX,
    'maxSubjects',
    'range',
    `涉及对象 0 至 ${LINKS_MAX} 个`,
    `0 to ${LINKS_MAX} things`,
  );
  return wrong;
}

/** What a change by an entry asks for beyond it. */
export function beyondEntry(
  { key, maxMinutes, maxSubjects }: StandardChange,
  wish: { readonly plannedFrom: Date | null; readonly plannedTo: Date | null; readonly subjects: number },
): InvalidInput[] {
  const wrong: InvalidInput[] = [];
  const { plannedFrom, plannedTo, subjects } = wish;
  if (plannedFrom && plannedTo && plannedTo.getTime() - plannedFrom.getTime() > maxMinutes * 60_000)
    wrong.push(
      invalid(
        ...([['plannedTo'], 'length'] as const),
        `标准变更 ${key} 的窗口最长 ${maxMinutes} 分钟`,
        `The window of ${key} is ${maxMinutes} minutes at most`,
      ),
    );
  if (subjects > maxSubjects)
    wrong.push(
      invalid(
        ...([['links'], 'count'] as const),
        `标准变更 ${key} 最多涉及 ${maxSubjects} 个系统或设备；更多的按一般变更审批`,
        `${key} is of ${maxSubjects} systems or machines at most; what is of more is a normal change`,
      ),
    );
  return wrong;
}

/**
 * The approval is of the entry as it was: what the catalog says otherwise by now, or no more, was not approved. A ticket keeps its
 * words without the blanks and line ends at their edges, which whoever writes the catalog may leave.
 */
export function isStillApproved(
  made: Pick<StandardChange, 'plan' | 'rollbackPlan' | 'impact' | 'urgency'>,
  entry: StandardChange | undefined,
): boolean {
  return (
    entry !== undefined &&
    (['plan', 'rollbackPlan', 'impact', 'urgency'] as const).every(
      (field) => entry[field].trim() === made[field].trim(),
    )
  );
}

export const withdrawnFromCatalog = (key: string): Refusal => ({
  ...{ code: 'NOT_PERMITTED', path: ['id'], reason: 'NOT_IN_CATALOG' },
  message: say(
    `标准变更 ${key} 已改版或停用，原来的预先批准不再有效；请按现行目录重新登记`,
    `The catalog says otherwise of ${key} by now, or no more: what was approved is not that. Open it anew by the catalog in force`,
  ),
});

export const notInCatalog = (): InvalidInput =>
  invalid(
    ...([['standardKey'], 'required'] as const),
    '请从现行标准变更目录中选择；目录外的按一般变更审批',
    'Choose it from the catalog in force; what is not in it is a normal change',
  );
