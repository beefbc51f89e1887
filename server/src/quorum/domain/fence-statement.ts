/** Decides when a primary of the console's database may be forced: who must have signed what, and whether it still holds. */
import { canonicalJson } from '../../audit/domain/canonical-json.js';
import { type Bilingual, say } from '../../kernel/bilingual.js';
import type { Role } from '../../kernel/viewer.js';

/** Why a lost center can write no more, as a person has seen to it. An expired lease or a lost link is none of these. */
export const FENCES = ['POWER_OFF', 'NETWORK_OFF', 'DESTROYED'] as const;
export type Fence = (typeof FENCES)[number];

export interface FencedCenter {
  readonly center: string;
  readonly fence: Fence;
  /** Who did it, how it was seen, when. */
  readonly evidence: string;
}

/** What is signed: fields are named one by one where it is made into text. */
export interface FenceStatement {
  /** The history that begins: one more than the one that ends. */
  readonly epoch: number;
  /** Where the primary is forced. */
  readonly center: string;
  /** Last transaction that the node has: what others had acknowledged behind it is given up. */
  readonly lastCommitted: number;
  /** Time of the newest audit record that the node has; null = none. */
  readonly newestActAt: string | null;
  readonly fenced: readonly FencedCenter[];
  readonly reason: string;
  readonly drawnAt: string;
}

export interface Signature {
  readonly userId: string;
  readonly username: string;
  readonly name: string;
  readonly departmentId: string | null;
  readonly roles: readonly Role[];
  readonly signedAt: string;
  /** HMAC-SM3 by the console's key over `signedText`. */
  readonly keyId: string;
  readonly mac: string;
}

export interface SignedStatement {
  readonly statement: FenceStatement;
  readonly signatures: readonly Signature[];
}

/** Who may sign at all, and of whom one must be among the two. */
const SIGNING_ROLES: readonly Role[] = ['DR_OPERATOR', 'DUTY_ENGINEER', 'CLOUD_AUTHORITY', 'LEADER'];
const DECIDING_ROLES: readonly Role[] = ['CLOUD_AUTHORITY', 'LEADER'];
const SIGNATURES_NEEDED = 2;
/** What was true of a power switch an hour ago may not be any more. */
export const SIGNATURE_LIFE_MS = 60 * 60_000;
/** A sentence that says who did what and how it was seen. */
const EVIDENCE_LENGTH_MIN = 10;
const TEXT_LENGTH_MAX = 1_000;

export function statementText(statement: FenceStatement): string {
  return canonicalJson({
    epoch: statement.epoch,
    center: statement.center,
    lastCommitted: statement.lastCommitted,
    newestActAt: statement.newestActAt,
    fenced: statement.fenced.map(({ center, evidence, fence }) => ({ center, evidence, fence })),
    reason: statement.reason,
    drawnAt: statement.drawnAt,
  });
}

/** A signature is of this statement, by this person, at this time: none of it can be exchanged. */
export function signedText(statement: FenceStatement, signature: Omit<Signature, 'keyId' | 'mac'>): string {
  return canonicalJson({
    statement: statementText(statement),
    userId: signature.userId,
    username: signature.username,
    name: signature.name,
    departmentId: signature.departmentId,
    roles: [...signature.roles],
    signedAt: signature.signedAt,
  });
}

/** [] = it may be signed. */
export function statementProblems(statement: FenceStatement, centers: readonly string[]): Bilingual[] {
  const problems: Bilingual[] = [];
  if (!centers.includes(statement.center))
    problems.push(say(`没有中心 ${statement.center}`, `There is no center ${statement.center}`));
  const named = statement.fenced.map(({ center }) => center);
  for (const center of centers.filter((one) => one !== statement.center && !named.includes(one)))
    problems.push(
      say(`未说明 ${center} 如何已被隔离`, `It is not said how ${center} was fenced; each other center must be`),
    );
  if (new Set(named).size < named.length || named.some((one) => !centers.includes(one) || one === statement.center))
    problems.push(
      say('隔离声明中的中心有误或重复', 'A fenced center is unknown, named twice, or the one that goes on'),
    );
  for (const { center, evidence } of statement.fenced)
    if (evidence.trim().length < EVIDENCE_LENGTH_MIN || evidence.length > TEXT_LENGTH_MAX)
      problems.push(
        say(
          `${center} 的隔离证据应为 ${EVIDENCE_LENGTH_MIN} 至 ${TEXT_LENGTH_MAX} 字：谁、如何、何时确认`,
          `The evidence for ${center} must have ${EVIDENCE_LENGTH_MIN} to ${TEXT_LENGTH_MAX} characters: who did it, how it was seen, when`,
        ),
      );
  if (statement.reason.trim() === '' || statement.reason.length > TEXT_LENGTH_MAX)
    problems.push(say('须说明原因', 'A reason is needed'));
  return problems;
}

/** null = this person may add a signature now. */
export function signingProblem(
  person: Pick<Signature, 'userId' | 'roles'>,
  { signatures }: Pick<SignedStatement, 'signatures'>,
): Bilingual | null {
  if (!person.roles.some((role) => SIGNING_ROLES.includes(role)))
    return say(
      '只有灾备运维、值班工程师、云主管部门或领导可以签署',
      'Only DR operators, duty engineers, the cloud authority and leaders may sign',
    );
  if (signatures.some(({ userId }) => userId === person.userId))
    return say('同一人不能签署两次', 'The same person cannot sign twice');
  return null;
}

/** [] = two people stand behind it, one of whom may decide, and what they have said is still fresh. */
export function forcingProblems({ signatures }: SignedStatement, now: Date): Bilingual[] {
  const problems: Bilingual[] = [];
  const fresh = signatures.filter(({ signedAt }) => {
    const age = now.getTime() - Date.parse(signedAt);
    return age >= 0 && age <= SIGNATURE_LIFE_MS;
  });
  if (fresh.length < signatures.length)
    problems.push(
      say('有签署已超过一小时，须重新起草并签署', 'A signature is older than an hour: draw it up and sign it anew'),
    );
  if (new Set(fresh.map(({ userId }) => userId)).size < SIGNATURES_NEEDED)
    problems.push(say('须有两人签署', 'Two people must have signed'));
  if (!fresh.some(({ roles }) => roles.some((role) => DECIDING_ROLES.includes(role))))
    problems.push(say('其中一人须为云主管部门或领导', 'One of the two must be of the cloud authority or a leader'));
  return problems;
}
