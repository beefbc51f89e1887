import type { DrFenceProof, DrStepKind } from '../../graphql/enums';
import type { PlannedStep } from './drexec.gql';

const BY_EITHER: ReadonlySet<PlannedStep['action']> = new Set([
  'PROBE',
  'PROVE_FENCE',
  'FINAL_SYNC',
  'SWITCH_TRAFFIC',
  'REPROTECT',
  'POINT_REMOTE',
]);
const BY_PEOPLE: ReadonlySet<PlannedStep['action']> = new Set(['VERIFY', 'INSTRUCTION']);
const DECIDED: ReadonlySet<PlannedStep['action']> = new Set(['ACCEPT_LOSS', 'DECIDE_COMMIT']);

/** How a step of that action may be carried out; the server refuses any other, and nobody needs to be told that afterwards. */
export function kindsOf(action: PlannedStep['action']): readonly DrStepKind[] {
  if (BY_EITHER.has(action)) return ['AUTOMATIC', 'MANUAL'];
  if (BY_PEOPLE.has(action)) return ['MANUAL'];
  return [DECIDED.has(action) ? 'DECISION' : 'AUTOMATIC'];
}

/** What goes with it: nobody checks what the console does; a fence that people prove is a statement, which two sign. */
export function asKind(step: PlannedStep, kind: DrStepKind): Partial<PlannedStep> {
  const byPeople = kind === 'MANUAL';
  const isFence = step.action === 'PROVE_FENCE';
  return {
    kind,
    secondCheck: byPeople && (isFence || step.secondCheck),
    needsEvidence: byPeople && step.needsEvidence,
    ...(isFence ? { params: { ...step.params, proof: byPeople ? 'STATEMENT' : readable(step.params.proof) } } : {}),
  };
}

export function asProof(step: PlannedStep, proof: DrFenceProof): Partial<PlannedStep> {
  const of = asKind(step, proof === 'STATEMENT' ? 'MANUAL' : 'AUTOMATIC');
  return { ...of, params: { ...step.params, proof } };
}

const readable = (proof: DrFenceProof | null): DrFenceProof =>
  proof === null || proof === 'STATEMENT' ? 'MACHINES_GONE' : proof;

/** As it is sent: what the answer carries beside the text itself is left behind. */
export function bareSteps(steps: readonly PlannedStep[]) {
  return steps.map(({ action, instruction, kind, needsEvidence, params, retries, secondCheck, stage, ...rest }) => ({
    ...{ action, instruction, kind, needsEvidence, retries, secondCheck, stage },
    ...{ timeoutSeconds: rest.timeoutSeconds, title: rest.title },
    params: {
      ...{ proof: params.proof, cidrs: [...params.cidrs], fenceClass: params.fenceClass, hosts: [...params.hosts] },
      ...{ url: params.url, order: [...params.order] },
    },
  }));
}
