/** Decides who may sign for which party, what a signature must say, and when all have signed. */
import { type Bilingual, say } from '../../kernel/bilingual.js';
import type { Refusal } from '../../kernel/refusal.js';
import type { Party } from './go-live-policy.js';

export const DECISIONS = ['ACCEPT', 'REFUSE'] as const;
export type Decision = (typeof DECISIONS)[number];

export const OPINION_LENGTH_MAX = 500;
export const NAME_LENGTH_MAX = 40;
export const ORGANISATION_LENGTH_MAX = 120;

/** One signature of the round that runs. */
export interface Signed {
  readonly party: Party;
  readonly decision: Decision;
  /** null = on paper, by somebody without an account. */
  readonly signerId: string | null;
  /** Who entered what was signed on paper. */
  readonly enteredById: string | null;
  readonly signerName: string;
  readonly organisation: string | null;
}

/** For which parties somebody may sign with his own account. */
export interface SignerRights {
  readonly userId: string;
  readonly department: boolean;
  readonly center: boolean;
  readonly vendor: boolean;
  /** May enter what others signed on paper. */
  readonly enters: boolean;
}

/** ACCOUNT: with one's own name. PAPER: by entering what another signed. null = not at all. */
export function wayOfSigning(party: Party, rights: SignerRights): 'ACCOUNT' | 'PAPER' | null {
  if (party === 'DEPARTMENT') return rights.department ? 'ACCOUNT' : null;
  if (party === 'CENTER') return rights.center ? 'ACCOUNT' : null;
  if (party === 'VENDOR' && rights.vendor) return 'ACCOUNT';
  return rights.enters ? 'PAPER' : null;
}

export interface SignWish {
  readonly party: Party;
  readonly decision: Decision;
  readonly opinion: string;
  /** Who signed on paper, and for whom he works; null = the viewer signs himself. */
  readonly onPaper: { readonly name: string; readonly organisation: string } | null;
  readonly hasFile: boolean;
}

export interface Round {
  readonly parties: readonly Party[];
  readonly signatures: readonly Signed[];
  /** The viewer has opened what he signs, as it is. */
  readonly factsOpened: boolean;
}

export function checkSignature(wish: SignWish, rights: SignerRights, round: Round): Refusal[] {
  const { party, onPaper } = wish;
  if (!round.parties.includes(party)) return [not('PARTY', say('本案不需要该方签署', 'This party does not sign here'))];
  if (round.signatures.some((one) => one.party === party))
    return [not('SIGNED', say('该方已经签署', 'This party has signed already'))];
  const way = wayOfSigning(party, rights);
  if (way === null) return [not('RIGHT', say('您不能代表该方签署', 'You may not sign for this party'))];
  if ((way === 'PAPER') !== (onPaper !== null))
    return [
      not(
        'WAY',
        way === 'PAPER'
          ? say(
              '该方在纸质文书上签署：请填写签署人和单位并上传扫描件',
              'This party signs on paper: say who, and send the scan',
            )
          : say('请以本人账号签署', 'Sign with your own account'),
      ),
    ];
  const wrong = [...checkOpinion(wish), ...checkPaper(wish)];
  if (wrong.length > 0) return wrong;
  if (!round.factsOpened) return [not('FACTS', say('请先打开验收材料再签署', 'Open the facts before you sign'))];
  const twice = round.signatures.some((one) => isSamePerson(one, wish, rights.userId));
  return twice ? [not('TWICE', say('同一人不能代表两方签署', 'Nobody signs for two parties'))] : [];
}

function isSamePerson(one: Signed, { onPaper }: SignWish, userId: string): boolean {
  // Who signs for one party enters no paper of another either, whichever he does first.
  if (one.signerId === userId || (onPaper === null && one.enteredById === userId)) return true;
  return (
    onPaper !== null &&
    one.signerId === null &&
    one.signerName === onPaper.name.trim() &&
    one.organisation === onPaper.organisation.trim()
  );
}

export function allAccepted({ parties, signatures }: Pick<Round, 'parties' | 'signatures'>): boolean {
  return parties.every((party) => signatures.some((one) => one.party === party && one.decision === 'ACCEPT'));
}

function checkOpinion({ opinion, decision }: SignWish): Refusal[] {
  const { length } = opinion.trim();
  if (length > 0 && length <= OPINION_LENGTH_MAX) return [];
  return [
    invalid(
      'opinion',
      'length',
      decision === 'REFUSE'
        ? say(
            `请说明不同意的理由，1 至 ${OPINION_LENGTH_MAX} 字`,
            `Say why not, in 1 to ${OPINION_LENGTH_MAX} characters`,
          )
        : say(
            `请填写验收意见，1 至 ${OPINION_LENGTH_MAX} 字`,
            `Give an opinion of 1 to ${OPINION_LENGTH_MAX} characters`,
          ),
    ),
  ];
}

function checkPaper({ onPaper, hasFile }: SignWish): Refusal[] {
  if (onPaper === null) return [];
  const fits = (text: string, most: number) => text.trim().length > 0 && text.trim().length <= most;
  return [
    ...(fits(onPaper.name, NAME_LENGTH_MAX)
      ? []
      : [
          invalid(
            'signerName',
            'length',
            say(`签署人姓名 1 至 ${NAME_LENGTH_MAX} 字`, `A name of 1 to ${NAME_LENGTH_MAX} characters`),
          ),
        ]),
    ...(fits(onPaper.organisation, ORGANISATION_LENGTH_MAX)
      ? []
      : [
          invalid(
            'organisation',
            'length',
            say(
              `签署单位 1 至 ${ORGANISATION_LENGTH_MAX} 字`,
              `An organisation of 1 to ${ORGANISATION_LENGTH_MAX} characters`,
            ),
          ),
        ]),
    ...(hasFile ? [] : [invalid('fileId', 'required', say('请上传签署页扫描件', 'Send the scan of the signed page'))]),
  ];
}

function not(reason: string, message: Bilingual): Refusal {
  return { code: 'NOT_PERMITTED', path: ['party'], reason, message };
}

function invalid(field: string, rule: string, message: Bilingual): Refusal {
  return { code: 'INVALID_INPUT', path: [field], rule, message };
}
