/** Decides, check by check, whether what a gate looks at is in order, and with which figures it is not. */
import type { LineKind } from '../../allocation/domain/line-kind.js';
import { GRADE_WORDS, type GradesOfRequest, type StandingGrade } from '../../grades/domain/grade.js';
import { type Bilingual, say } from '../../kernel/bilingual.js';
import { addDays, type CalendarDate } from '../../kernel/calendar.js';
import type { GateSubject, InputPath } from '../../kernel/refusal.js';
import { CPU_MAKER_FACTS, type CpuMaker } from '../../servers/domain/processor.js';
import type { GovernmentSystem, Project } from '../../systems/domain/system.js';
import { type LineProducts, type ProductFindings, processorFindings, softwareFindings } from './products.js';
import type { GateCheck, Product } from './rules.js';

export interface GatedLine extends LineProducts {
  readonly kind: LineKind;
  /** null = it stands in none. */
  readonly zone: string | null;
  /** 信创: whether its processor is domestic; null = what is asked for has none. */
  readonly domesticCpu: boolean | null;
  /** Its own, or its system's where it says none. */
  readonly localMode: string;
  readonly remoteMode: string;
  /** Whether its system has more of anything afterwards; what shrinks, or only moves, does not grow. */
  readonly grows: boolean;
}

/** What the gates look at, as it stands on `today`. */
export interface GateFacts {
  readonly today: CalendarDate;
  readonly system: GovernmentSystem;
  readonly project: Project;
  readonly departmentLevel: string;
  /** The department and all above it. */
  readonly departmentIds: readonly string[];
  /** 绩效评价: the grades that hold today. */
  readonly grades: GradesOfRequest;
  readonly request: { readonly id: string | null; readonly purpose: string; readonly lines: readonly GatedLine[] };
}

/** What is wrong at one place of the form. */
export interface LineFault {
  readonly path: InputPath;
  readonly text: Bilingual;
}

export interface Finding {
  readonly passed: boolean;
  readonly figures: Bilingual | null;
  /** Line by line, where the check looks at lines. */
  readonly lines?: readonly LineFault[];
  /** What it is about, where the facts hold more than one of the kind. */
  readonly subjectId?: string | null;
}

export interface CheckMeaning {
  readonly subject: GateSubject;
  /** Where in the form the refusal belongs. */
  readonly path: InputPath;
  /** What it counts, and between what; null = nothing. */
  readonly parameter: { readonly unit: 'DAY' | 'CHARACTER'; readonly min: number; readonly max: number } | null;
  readonly look: (facts: GateFacts, parameter: number, products: readonly Product[]) => Finding;
}

const OF_SYSTEM: Pick<CheckMeaning, 'subject' | 'path'> = { subject: 'System', path: ['content', 'systemId'] };
const IN_DAYS = { unit: 'DAY', min: 1, max: 3650 } as const;
const NO_PARAMETER = { parameter: null } as const;

const OF_EVALUATION = { subject: 'PerformanceEvaluation', path: ['content', 'lines'], ...NO_PARAMETER } as const;

const passes = (passed: boolean, figures: Bilingual | null = null): Finding => ({ passed, figures });
const lastDay = (day: CalendarDate): Bilingual => say(`有效期至 ${day}`, `valid until ${day}`);

/** Holds on that day; nothing was signed = it does not. */
function holds(validUntil: CalendarDate | null, today: CalendarDate): Finding {
  if (validUntil === null) return passes(false, say('尚未提交', 'not given yet'));
  return passes(validUntil >= today, lastDay(validUntil));
}

/** What is missing or over is another check's to say. */
function lasts(validUntil: CalendarDate | null, today: CalendarDate, days: number): Finding {
  if (validUntil === null || validUntil < today) return passes(true);
  return passes(validUntil >= addDays(today, days), lastDay(validUntil));
}

function assessedWithin(on: CalendarDate | null, result: string | null, today: CalendarDate, days: number): Finding {
  if (on === null) return passes(false, say('没有测评记录', 'never assessed'));
  if (result === 'NOT_CONFORMING') return passes(false, say(`${on} 结论为不符合`, `not conforming on ${on}`));
  return passes(on >= addDays(today, -days), say(`最近一次 ${on}`, `last on ${on}`));
}

/** A line on a processor that is not domestic asks for a statement that names one, with the reason. */
function foreignReasoned({ system, request }: GateFacts): Finding {
  const foreign = request.lines.flatMap((line, index) => (line.domesticCpu === false ? [index + 1] : []));
  const reasoned = system.reliabilityEntries.some((entry) => entry.part === 'CPU' && !entry.domestic && entry.reason);
  if (foreign.length === 0 || reasoned) return passes(true);
  return passes(false, say(`第 ${foreign.join('、')} 行`, `line ${foreign.join(', ')}`));
}

/** 差: nothing grows until it is graded better. Shrinking, moving and giving back stay open: they are what is asked for. */
function notPoor(standing: StandingGrade | null, { request }: GateFacts): Finding {
  if (standing?.grade !== 'POOR') return passes(true);
  const { code, evaluationId, periodTo } = standing;
  const word = GRADE_WORDS.POOR;
  const figures = say(
    `评价 ${code} 等次“${word.zh}”，评价期至 ${periodTo} 前一日`,
    `evaluation ${code}: ${word.en}, of the time before ${periodTo}`,
  );
  return { passed: request.lines.every((line) => !line.grows), figures, subjectId: evaluationId };
}

/** What one person reads; the rest is counted. */
const LINES_SAID_MAX = 20;
const PART_OF = { VM: 'vm', SERVER: 'server', CABINET: 'cabinet', SERVICE: 'service' } as const;
const wordsOf = (maker: CpuMaker): readonly string[] => {
  const { name } = CPU_MAKER_FACTS[maker];
  return [name.zh, name.en];
};

/** Lines that contradict the statement, each at its field, and what could not be compared. */
function compared({ request }: GateFacts, { wrong, unknown }: ProductFindings): Finding {
  const lines = wrong.slice(0, LINES_SAID_MAX).map(({ index, field, text }): LineFault => {
    const kind = request.lines[index]?.kind ?? 'VM';
    const at = field === 'SOFTWARE' && (kind === 'VM' || kind === 'SERVER') ? 'imageId' : 'offerId';
    return {
      path: ['content', 'lines', String(index), PART_OF[kind], at],
      text: say(`第 ${index + 1} 行：${text.zh}`, `line ${index + 1}: ${text.en}`),
    };
  });
  const rest = wrong.length - lines.length;
  const said = [
    ...lines.map(({ text }) => text),
    ...(rest > 0 ? [say(`另有 ${rest} 行`, `${rest} more lines`)] : []),
    ...unknown.slice(0, LINES_SAID_MAX),
  ];
  const figures =
    said.length > 0 ? say(said.map(({ zh }) => zh).join('；'), said.map(({ en }) => en).join('; ')) : null;
  return { passed: wrong.length === 0, figures, lines };
}

export const CHECKS: { readonly [C in GateCheck]: CheckMeaning } = {
  NOT_CLASSIFIED: {
    ...OF_SYSTEM,
    ...NO_PARAMETER,
    look: ({ system, today }) => holds(system.declarationValidUntil, today),
  },
  DECLARATION_LASTS: {
    ...OF_SYSTEM,
    parameter: IN_DAYS,
    look: ({ system, today }, days) => lasts(system.declarationValidUntil, today, days),
  },
  RELIABILITY_STATED: {
    ...OF_SYSTEM,
    ...NO_PARAMETER,
    look: ({ system, today }) => holds(system.reliabilityValidUntil, today),
  },
  RELIABILITY_LASTS: {
    ...OF_SYSTEM,
    parameter: IN_DAYS,
    look: ({ system, today }, days) => lasts(system.reliabilityValidUntil, today, days),
  },
  FOREIGN_REASONED: { ...OF_SYSTEM, ...NO_PARAMETER, path: ['content', 'lines'], look: foreignReasoned },
  PROCESSOR_STATED: {
    ...OF_SYSTEM,
    ...NO_PARAMETER,
    path: ['content', 'lines'],
    look: (facts, _parameter, products) =>
      compared(facts, processorFindings(facts.request.lines, facts.system.reliabilityEntries, products, wordsOf)),
  },
  SOFTWARE_STATED: {
    ...OF_SYSTEM,
    ...NO_PARAMETER,
    path: ['content', 'lines'],
    look: (facts, _parameter, products) =>
      compared(facts, softwareFindings(facts.request.lines, facts.system.reliabilityEntries, products)),
  },
  LEVEL_FILED: { ...OF_SYSTEM, ...NO_PARAMETER, look: ({ system }) => passes(system.filed) },
  LEVEL_ASSESSED: {
    ...OF_SYSTEM,
    parameter: IN_DAYS,
    look: ({ system, today }, days) => assessedWithin(system.assessedOn, system.assessmentResult, today, days),
  },
  CRYPTO_ASSESSED: {
    ...OF_SYSTEM,
    parameter: IN_DAYS,
    look: ({ system, today }, days) => assessedWithin(system.cryptoAssessedOn, system.cryptoResult, today, days),
  },
  SYSTEM_OPEN: { ...OF_SYSTEM, ...NO_PARAMETER, look: ({ system }) => passes(!system.frozen) },
  OWNER_NAMED: { ...OF_SYSTEM, ...NO_PARAMETER, look: ({ system }) => passes(system.ownerUserId !== null) },
  CONTACT_NAMED: { ...OF_SYSTEM, ...NO_PARAMETER, look: ({ system }) => passes(system.contacts.length > 0) },
  DATA_CLASSED: { ...OF_SYSTEM, ...NO_PARAMETER, look: ({ system }) => passes(system.dataClass !== null) },
  PROJECT_APPROVED: {
    subject: 'Project',
    path: ['content', 'projectId'],
    ...NO_PARAMETER,
    look: ({ project }) => passes(project.approvalNumber !== null || project.filingNumber !== null),
  },
  SYSTEM_GRADE: {
    ...OF_EVALUATION,
    look: (facts) => notPoor(facts.grades.system, facts),
  },
  DEPARTMENT_GRADE: {
    ...OF_EVALUATION,
    look: (facts) => notPoor(facts.grades.department, facts),
  },
  PURPOSE_SAID: {
    subject: 'Request',
    path: ['content', 'purpose'],
    parameter: { unit: 'CHARACTER', min: 1, max: 200 },
    look: ({ request }, least) => {
      const length = [...request.purpose.trim()].length;
      return passes(
        length >= least,
        say(`已写 ${length} 字，至少 ${least} 字`, `${length} of at least ${least} characters`),
      );
    },
  },
};
