/** Decides when the second of the two same-city centers may be fenced as well: the group goes to the recovery center, and nowhere else is left. */
import { say } from '../../kernel/bilingual.js';
import type { Refusal } from '../../kernel/refusal.js';
import type { ExecutionKind } from './execution-words.js';
import type { FenceProof } from './fence-proof.js';

export interface SecondFence {
  readonly kind: ExecutionKind;
  /** The one that is to be fenced, where the group is written now. */
  readonly centerId: string;
  readonly fromCenterId: string;
  readonly toCenterId: string;
  readonly proof: FenceProof;
  /** The other of the city, whose fence stands with its own proof. */
  readonly otherCenterId: string;
  /** Centers in which the group serves by its record: writers, or its newest placement. */
  readonly servesIn: readonly string[];
  /** Departments of those who approved. */
  readonly approvers: readonly (string | null)[];
  readonly underStandingOrder: boolean;
  /** The shown loss was typed, letter by letter, for this execution. */
  readonly lossTyped: boolean;
}

const APPROVERS = 2;

/**
 * null = it may. NETWORK_FENCE is none of the proofs here: the storage would be told to keep out a center that may still
 * serve others, whereas the other three only read, or witness, that it is down already.
 */
export function refusedSecondFence(of: SecondFence): Refusal | null {
  const targetsRecovery = of.toCenterId !== of.centerId && of.toCenterId !== of.otherCenterId;
  if (of.kind !== 'FAILOVER' || of.centerId !== of.fromCenterId || !targetsRecovery)
    return bothFenced(
      '同城另一中心已被隔离；除灾难切换到异地中心外，两个同城中心不能同时隔离',
      'The other center of the city is fenced; both are fenced at once only by a failover to the recovery center',
    );
  if (of.servesIn.includes(of.otherCenterId))
    return bothFenced(
      '同城另一中心仍在承载该组，不能再隔离本中心',
      'The other center of the city still serves the group; this one is not fenced beside it',
    );
  if (of.proof === 'NETWORK_FENCE')
    return bothFenced(
      '同城另一中心已被隔离，不能再令存储拒绝本中心；请以断电读数、停机读数或两人签署的声明证明其已停止',
      'The other center of the city is fenced; the storage is not told to keep this one out as well: prove that it is down by power, by its machines, or by a signed statement',
    );
  if (of.underStandingOrder || new Set(of.approvers.filter((id) => id !== null)).size < APPROVERS)
    return bothFenced(
      '两个同城中心都被隔离的切换须由不同部门的两人批准，预授权不适用',
      'With both centers of the city fenced it is approved by two people of different departments; an advance approval does not do',
    );
  if (!of.lossTyped)
    return bothFenced(
      '两个同城中心都被隔离的切换须先逐字输入所显示的数据丢失量',
      'With both centers of the city fenced the shown loss is typed letter by letter first',
    );
  return null;
}

function bothFenced(zh: string, en: string): Refusal {
  return { code: 'NOT_PERMITTED', path: [], reason: 'BOTH_FENCED', message: say(zh, en) };
}
