/** Decides what waits for somebody, as a condition on rows: the same as domain/standing.ts says of one, for lists and counts. */
import type { Voice } from './standing.js';
import { reachOf, STEP_ROLES } from './step-roles.js';

/** A condition on the rows of a subject's table, with its parameters. */
export interface Condition {
  readonly sql: string;
  readonly parameters: Readonly<Record<string, unknown>>;
}

/**
 * Rows whose current step waits for one of these voices: the SQL of domain/standing.ts, for lists and counts. `subjectId`
 * and `departmentId` are the columns of the subject's table. `nothing` when there is nobody who could decide.
 */
export function awaitsVoices(
  voices: readonly Voice[],
  columns: { readonly subjectId: string; readonly departmentId: string },
): Condition {
  const [self] = voices;
  if (!self) return { sql: '1 = 0', parameters: {} };
  const parameters: Record<string, unknown> = { awaitedBy: self.userId };
  const seats = voices.map((voice, n) => {
    const person = `awaitedVoice${n}`;
    parameters[person] = voice.userId;
    const roles = STEP_ROLES.flatMap((role) => {
      const reach = reachOf(voice, role);
      if (!reach) return [];
      const name = `awaitedRole${n}${role}`;
      parameters[name] = role;
      const holds = `find_in_set(:${name}, aw_t.roles) > 0`;
      if (reach.kind === 'PROVINCE') return [holds];
      if (reach.departmentIds.length === 0) return [];
      const within = `awaitedIn${n}${role}`;
      parameters[within] = reach.departmentIds;
      return [`(${holds} and ${columns.departmentId} in (:...${within}))`];
    });
    const role = roles.length > 0 ? `(${roles.join(' or ')})` : '1 = 0';
    const notTaken =
      voice === self
        ? ''
        : ` and not exists (select 1 from approval_participant aw_q where aw_q.round_id = aw_d.id and aw_q.person_id = :${person})`;
    return `(((aw_t.person_id is null and ${role}) or (aw_t.person_id = :${person} and (aw_t.roles = '' or ${role})))${notTaken})`;
  });
  return {
    sql: `exists (select 1 from approval_round aw_d join approval_seat aw_t on aw_t.step_id = aw_d.current_step_id and aw_t.verdict is null
      where aw_d.running_subject_id = ${columns.subjectId} and (${seats.join(' or ')})
      and not exists (select 1 from approval_participant aw_p where aw_p.round_id = aw_d.id and aw_p.person_id = :awaitedBy))`,
    parameters,
  };
}

/** Rows whose current step was escalated to one of the roles that these voices hold. */
export function escalatedTo(
  voices: readonly Voice[],
  columns: { readonly subjectId: string; readonly departmentId: string },
): Condition {
  const [self] = voices;
  const parameters: Record<string, unknown> = {};
  const roles = self
    ? STEP_ROLES.flatMap((role) => {
        const reach = reachOf(self, role);
        if (!reach || (reach.kind === 'DEPARTMENTS' && reach.departmentIds.length === 0)) return [];
        parameters[`escalatedRole${role}`] = role;
        const holds = `es_s.escalates_to = :escalatedRole${role}`;
        if (reach.kind === 'PROVINCE') return [holds];
        parameters[`escalatedIn${role}`] = reach.departmentIds;
        return [`(${holds} and ${columns.departmentId} in (:...escalatedIn${role}))`];
      })
    : [];
  if (roles.length === 0) return { sql: '1 = 0', parameters: {} };
  return {
    sql: `exists (select 1 from approval_round es_d join approval_step es_s on es_s.id = es_d.current_step_id
      where es_d.running_subject_id = ${columns.subjectId} and es_s.escalated_at is not null and (${roles.join(' or ')}))`,
    parameters,
  };
}

/** Rows in whose running chain a step that is not over asks for the sealed form. */
export function needsSeal({ subjectId }: { readonly subjectId: string }): Condition {
  return {
    sql: `exists (select 1 from approval_round ns_d join approval_step ns_s on ns_s.round_id = ns_d.id
      where ns_d.running_subject_id = ${subjectId} and ns_s.needs_seal = 1 and ns_s.state in ('WAITING', 'CURRENT'))`,
    parameters: {},
  };
}
