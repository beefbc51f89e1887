/** Decides which signature of the current step somebody may give, in his own name or another's, or why none. */
import { type Bilingual, say } from '../../kernel/bilingual.js';
import type { Round, Seat, Step } from './round.js';
import { currentStep } from './round.js';
import { type Decider, mayDecideAs, type StepRole } from './step-roles.js';

/** Somebody in whose name the viewer may speak: himself, or one who has delegated to him for now. */
export interface Voice extends Decider {
  readonly name: string;
  /** null = himself. */
  readonly delegationId: string | null;
}

export interface Standing {
  readonly step: Step;
  readonly seat: Seat;
  readonly voice: Voice;
  /** null = as a person who was added. */
  readonly role: StepRole | null;
}

/** SEAT: the one that was chosen is signed meanwhile, or not this person's to sign. */
export type WhyNot = 'NO_STEP' | 'ROLE' | 'OWN' | 'TWICE' | 'TRANSFERRED' | 'SEAT';

export type Stand = { readonly ok: true; readonly value: Standing } | { readonly ok: false; readonly error: WhyNot };

interface Subject {
  readonly departmentId: string;
  readonly applicantId: string;
}

/**
 * The seat that was chosen, or the first open one that one of the voices fits, the viewer's own before others'. `subject`
 * names whose request it is.
 */
export function standingOf(
  round: Round | null,
  subject: Subject,
  voices: readonly Voice[],
  seatId: string | null = null,
): Stand {
  const open = openTo(round, subject, voices);
  if (!open.ok) return open;
  const value = seatId === null ? open.value[0] : open.value.find(({ seat }) => seat.id === seatId);
  return value ? { ok: true, value } : { ok: false, error: 'SEAT' };
}

/** The seats among which somebody may choose for his one signature, each once; empty where there is nothing to choose. */
export function seatChoices(round: Round | null, subject: Subject, voices: readonly Voice[]): readonly Standing[] {
  const open = openTo(round, subject, voices);
  if (!open.ok) return [];
  const seats = [...new Map(open.value.toReversed().map((one) => [one.seat.id, one])).values()];
  // As the default is found: the first of them is taken by whoever chooses nothing.
  const inOrder = open.value.filter((one) => seats.includes(one));
  return inOrder.length > 1 ? inOrder : [];
}

/**
 * Nobody decides what he has asked for, and nobody twice in one round: neither the one who presses nor the one in whose
 * name he does.
 */
function openTo(
  round: Round | null,
  subject: Subject,
  voices: readonly Voice[],
): { readonly ok: true; readonly value: readonly Standing[] } | { readonly ok: false; readonly error: WhyNot } {
  const step = round && currentStep(round);
  const self = voices.find((voice) => voice.delegationId === null);
  if (!round || !step || !self) return { ok: false, error: 'NO_STEP' };
  const fitting = voices.flatMap((voice) =>
    step.seats.flatMap((seat) => {
      const fit = fits(seat, voice, subject.departmentId);
      return fit === undefined ? [] : [{ step, seat, voice, ...fit }];
    }),
  );
  const [first] = fitting;
  if (!first) {
    const handed = voices.some((voice) =>
      step.seats.some(
        (seat) =>
          seat.decision === null && seat.person !== null && holdsRole(seat, voice, subject.departmentId) !== undefined,
      ),
    );
    return { ok: false, error: handed ? 'TRANSFERRED' : 'ROLE' };
  }
  const own = (id: string): boolean => id === subject.applicantId;
  if (own(self.userId)) return { ok: false, error: 'OWN' };
  if (round.taken.includes(self.userId)) return { ok: false, error: 'TWICE' };
  const free = fitting.filter(({ voice }) => !own(voice.userId) && !round.taken.includes(voice.userId));
  if (free.length > 0) return { ok: true, value: free };
  return { ok: false, error: fitting.every(({ voice }) => own(voice.userId)) ? 'OWN' : 'TWICE' };
}

/** Whether an open signature of the round is this person's alone already: he could not give another beside it. */
export function isNamed(round: Round, personId: string): boolean {
  return round.steps
    .filter((step) => step.state === 'CURRENT' || step.state === 'WAITING')
    .some((step) => step.seats.some((seat) => seat.decision === null && seat.person?.id === personId));
}

/** Whether this person could take a signature over: it is of his kind, and he has had and will have no other part in the round. */
export function mayTake(
  round: Round,
  seat: Seat,
  subject: { readonly departmentId: string; readonly applicantId: string },
  person: Decider,
): boolean {
  if (person.userId === subject.applicantId || round.taken.includes(person.userId)) return false;
  if (isNamed(round, person.userId)) return false;
  return seat.roles.length === 0 || holdsRole(seat, person, subject.departmentId) !== undefined;
}

function fits(seat: Seat, voice: Voice, departmentId: string): { readonly role: StepRole | null } | undefined {
  if (seat.decision !== null) return undefined;
  if (seat.person !== null && seat.person.id !== voice.userId) return undefined;
  if (seat.roles.length === 0) return { role: null };
  const role = holdsRole(seat, voice, departmentId);
  return role && { role };
}

function holdsRole(seat: Seat, person: Decider, departmentId: string): StepRole | undefined {
  return seat.roles.find((role) => mayDecideAs(person, role, departmentId));
}

export function whyNotText(why: WhyNot): Bilingual {
  switch (why) {
    case 'NO_STEP':
      return say('没有等待办理的环节', 'No step waits to be decided');
    case 'ROLE':
      return say('您的角色没有这一步的权限', 'Your role may not take this step');
    case 'OWN':
      return say('经办人不能审签或审批自己的申请', 'Nobody signs off or approves their own request');
    case 'TWICE':
      return say('同一人不能在一个流程里经手两步', 'Nobody takes two steps of one chain');
    case 'SEAT':
      return say(
        '所选席位已被签署或不由您签署，请重新选择',
        'The chosen seat is signed already, or not yours: choose again',
      );
    case 'TRANSFERRED':
      return say('本环节已转由指定人员办理', 'This step was handed to a named person');
  }
}
