/** Decides which gates of an edition are closed to a request: all of them at once, each with its figures and its place. */
import { type Bilingual, say } from '../../kernel/bilingual.js';
import type { GateClosed, GateSubject, InputPath, LinkTarget } from '../../kernel/refusal.js';
import { CHECKS, type GateFacts, type LineFault } from './checks.js';
import type { GateCheck, GateCondition, GateContent, GateSeverity } from './rules.js';

/** What one rule found; kept with the request as it was. */
export interface Verdict {
  readonly key: string;
  readonly check: GateCheck;
  readonly severity: GateSeverity;
  readonly passed: boolean;
  readonly title: Bilingual;
  readonly text: Bilingual;
  readonly figures: Bilingual | null;
  readonly subjectType: GateSubject;
  readonly subjectId: string | null;
  readonly linkTo: LinkTarget;
  readonly path: InputPath;
  /** At which lines, where the rule looks at lines; none of the time before it was kept. */
  readonly lines?: readonly LineFault[];
}

/** Every rule that is for such a request, in the edition's order. The same facts give the same verdicts. */
export function judge({ rules, products = [] }: GateContent, facts: GateFacts): Verdict[] {
  return rules
    .filter(({ condition }) => appliesTo(condition, facts))
    .map(({ key, check, severity, title, text, linkTo, parameter }) => {
      const { look, path, subject } = CHECKS[check];
      const { figures, passed, lines, subjectId = idsOf(facts)[subject] } = look(facts, parameter ?? 0, products);
      const found = { passed, figures, ...(lines && lines.length > 0 ? { lines } : {}) };
      return { key, check, severity, ...found, title, text, subjectType: subject, subjectId, linkTo, path };
    });
}

export function appliesTo(condition: GateCondition, facts: GateFacts): boolean {
  const { system, request } = facts;
  const among = <T>(allowed: readonly T[] | null, ...values: readonly T[]): boolean =>
    allowed === null || values.some((value) => allowed.includes(value));
  return (
    among(condition.kinds, ...request.lines.map((line) => line.kind)) &&
    among(condition.zones, ...request.lines.flatMap((line) => line.zone ?? [])) &&
    among(condition.protectionLevels, system.protectionLevel) &&
    among(condition.localModes, ...request.lines.map((line) => line.localMode)) &&
    among(condition.remoteModes, ...request.lines.map((line) => line.remoteMode)) &&
    among(condition.departmentLevels, facts.departmentLevel) &&
    among(condition.departmentIds, ...facts.departmentIds)
  );
}

function idsOf({ system, project, request }: GateFacts): { readonly [S in GateSubject]: string | null } {
  return { System: system.id, Project: project.id, Request: request.id, PerformanceEvaluation: null };
}

/** What keeps the request from the center; what is wrong with lines, line by line. */
export function closed(verdicts: readonly Verdict[]): GateClosed[] {
  return verdicts
    .filter((verdict) => verdict.severity === 'REFUSE' && !verdict.passed)
    .flatMap(({ key, figures, linkTo, path, subjectId, subjectType, text, lines }) => {
      const places = lines ?? [{ path, text: figures }];
      return places.map((at) => ({
        code: 'GATE_CLOSED' as const,
        path: at.path,
        gate: key,
        subjectType,
        subjectId,
        linkTo,
        message: at.text ? say(`${text.zh}（${at.text.zh}）`, `${text.en} (${at.text.en})`) : text,
      }));
    });
}
