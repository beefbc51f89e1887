import type { PlannedStep } from './drexec.gql';

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
