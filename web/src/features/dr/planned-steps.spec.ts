import { describe, expect, it } from '@jest/globals';
import { mayBe, STEP_ACTIONS, STEP_KINDS } from '../../../../server/src/executions/domain/execution-words';
import type { PlannedStep } from './drexec.gql';
import { asKind, asProof, kindsOf } from './planned-steps';

const fence: PlannedStep = {
  ...{
    stage: 'RUN',
    kind: 'AUTOMATIC',
    action: 'PROVE_FENCE',
    title: '证明隔离',
    instruction: '',
    timeoutSeconds: 600,
  },
  ...{ retries: 0, needsEvidence: false, secondCheck: false },
  params: { proof: 'BMC_OFF', cidrs: [], fenceClass: null, hosts: ['dept-a/host-1'], url: null, order: [] },
};

describe('what a step of a runbook may be', () => {
  it.each(STEP_ACTIONS)('offers of %s what the server takes, and nothing else', (action) => {
    expect(kindsOf(action)).toEqual(STEP_KINDS.filter((kind) => mayBe(action, kind)));
  });

  it('makes a statement that two sign of a fence that people prove, and takes both back', () => {
    const byPeople = { ...fence, ...asKind(fence, 'MANUAL') };
    expect(byPeople).toMatchObject({ kind: 'MANUAL', secondCheck: true, params: { proof: 'STATEMENT' } });
    expect(byPeople.params.hosts).toEqual(fence.params.hosts);
    const read = { ...byPeople, ...asKind(byPeople, 'AUTOMATIC') };
    expect(read).toMatchObject({ kind: 'AUTOMATIC', secondCheck: false, params: { proof: 'MACHINES_GONE' } });
    expect({ ...fence, ...asProof(fence, 'STATEMENT') }).toEqual(byPeople);
    expect({ ...byPeople, ...asProof(byPeople, 'NETWORK_FENCE') }).toMatchObject({
      ...{ kind: 'AUTOMATIC', secondCheck: false, params: { proof: 'NETWORK_FENCE' } },
    });
  });

  it('has nobody check, and asks no evidence of, what the console does by itself', () => {
    const manual: PlannedStep = { ...fence, action: 'PROBE', kind: 'MANUAL', secondCheck: true, needsEvidence: true };
    expect(asKind(manual, 'AUTOMATIC')).toEqual({ kind: 'AUTOMATIC', secondCheck: false, needsEvidence: false });
  });
});
