/** Decides what proves that the old side writes no more. */
import { say } from '../../kernel/bilingual.js';
import type { Refusal } from '../../kernel/refusal.js';

/**
 * NETWORK_FENCE   the storage has answered that it lets the old side's nodes in no more.
 * MACHINES_GONE   read at the old side's own cluster: none of the group's machines runs, and none is wished to.
 * BMC_OFF         read at the controllers of the old side's servers: without power.
 * STATEMENT       two people of different departments sign what they saw, with evidence.
 * A lease that ran out is none of them, and neither is silence.
 */
export const FENCE_PROOFS = ['NETWORK_FENCE', 'MACHINES_GONE', 'BMC_OFF', 'STATEMENT'] as const;
export type FenceProof = (typeof FENCE_PROOFS)[number];

/** What was read just before a promotion proves something; what was read this long ago does not. */
export const PROOF_LIFE_S = 900;
export const STATEMENT_LENGTH_MIN = 10;
export const STATEMENT_LENGTH_MAX = 1_000;

export interface Signer {
  readonly userId: string;
  readonly departmentId: string | null;
}

export function isFenceProof(word: string): word is FenceProof {
  return (FENCE_PROOFS as readonly string[]).includes(word);
}

/** Readings grow old: a machine that was gone may be back. A fence and a signature hold until they are lifted. */
export function stillProves(proof: { readonly kind: FenceProof; readonly observedAt: Date }, now: Date): boolean {
  if (proof.kind === 'NETWORK_FENCE' || proof.kind === 'STATEMENT') return true;
  return now.getTime() - proof.observedAt.getTime() <= PROOF_LIFE_S * 1_000;
}

/** Of the second signature. */
export function refusedStatement(text: string, evidenceFiles: number): Refusal[] {
  const wrong: Refusal[] = [];
  const { length } = text.trim();
  if (length < STATEMENT_LENGTH_MIN || length > STATEMENT_LENGTH_MAX)
    wrong.push({
      ...{ code: 'INVALID_INPUT', path: ['statement'], rule: 'length' },
      message: say(
        `请写明看到了什么、由谁确认，${STATEMENT_LENGTH_MIN} 至 ${STATEMENT_LENGTH_MAX} 字`,
        `Say what was seen and by whom, in ${STATEMENT_LENGTH_MIN} to ${STATEMENT_LENGTH_MAX} characters`,
      ),
    });
  if (evidenceFiles === 0)
    wrong.push({
      ...{ code: 'INVALID_INPUT', path: ['fileIds'], rule: 'required' },
      message: say('隔离声明须附证据', 'A statement of the fence needs evidence'),
    });
  return wrong;
}

export function refusedSecondSigner(first: Signer, second: Signer): Refusal | null {
  const reason =
    first.userId === second.userId
      ? 'SAME_PERSON'
      : second.departmentId === null || first.departmentId === second.departmentId
        ? 'SAME_DEPARTMENT'
        : null;
  if (reason === null) return null;
  return {
    ...{ code: 'NOT_PERMITTED', path: [], reason },
    message: say(
      '隔离声明须由不同部门的两人签署，签署人不能相同',
      'A statement of the fence is signed by two people of different departments',
    ),
  };
}
