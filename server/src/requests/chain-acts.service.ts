import { Injectable } from '@nestjs/common';
import {
  ADDED_MAX,
  type AddedWhere,
  addedCount,
  currentStep,
  isHolding,
  type Person,
  type Round,
  type Seat,
} from '../approvals/domain/round.js';
import { isNamed, mayTake, type Standing } from '../approvals/domain/standing.js';
import { STEP_ROLES } from '../approvals/domain/step-roles.js';
import { type Ground, RoundsService } from '../approvals/rounds.service.js';
import { Acts } from '../audit/acts.service.js';
import { PeopleRights, type PersonWithRights } from '../identity/people-rights.service.js';
import { type Bilingual, say } from '../kernel/bilingual.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import { covers, scopeFor, type TenantScope, type Viewer } from '../kernel/viewer.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { remindedAlready, tooMany, unfit } from './chain-refusals.js';
import { decideAct, unknownRequest } from './domain/decide.js';
import { actingRole, type RequestAction } from './domain/request-state.js';
import { HoldKeeping } from './hold-keeping.service.js';
import { type ActWish, type Answer, done } from './request-acts.js';
import { RequestChains } from './request-chains.service.js';
import { RequestNews } from './request-news.service.js';
import { RequestsRepository } from './requests.repository.js';
import type { RequestRow } from './requests.types.js';

export interface PersonWish extends ActWish {
  readonly personId: string | undefined;
}

export interface AddWish extends PersonWish {
  readonly where: AddedWhere;
}

/** Most names that one search answers, out of so many that hold a fitting role. */
const PEOPLE_MAX = 20;
const LOOKED_AT_MAX = 100;

type ChainAction = Extract<RequestAction, 'TRANSFER' | 'ADD_APPROVER' | 'REMIND'>;

interface ChainAct {
  readonly request: RequestRow;
  readonly round: Round;
  readonly standing: Standing | null;
}

/** What may be done to the current step beside deciding it: hand it on, ask another too, remind. */
@Injectable()
export class ChainActs {
  constructor(
    private readonly repository: RequestsRepository,
    private readonly rounds: RoundsService,
    private readonly chains: RequestChains,
    private readonly people: PeopleRights,
    private readonly keeping: HoldKeeping,
    private readonly news: RequestNews,
    private readonly acts: Acts,
  ) {}

  /** 转办: another who may decide this step does so. Also for whom an overdue step was escalated to. */
  async transfer(viewer: Viewer, scope: TenantScope, wish: PersonWish): Answer {
    const person = await this.person(wish.personId);
    return this.perform(viewer, scope, 'TRANSFER', wish, async (tx, { request, round, standing }) => {
      const seat = standing?.seat;
      if (!seat || !person || person.userId === viewer.userId || !mayBeHanded(person, round, seat, request))
        return refuse([unfit()]);
      const to = { id: person.userId, name: person.name };
      await this.news.stepWaits(tx, request, await this.rounds.handTo(tx, round, seat, to));
      return ok({ note: say(`转 ${to.name} 办理`, `handed to ${to.name}`), values: {}, newVersion: true });
    });
  }

  /** 加签: another is asked too, before the current step or beside it. */
  async add(viewer: Viewer, scope: TenantScope, wish: AddWish): Answer {
    const person = await this.person(wish.personId);
    return this.perform(viewer, scope, 'ADD_APPROVER', wish, async (tx, { request, round }, ground) => {
      if (!person || !mayBeAdded(person, round, request)) return refuse([unfit()]);
      if (addedCount(round) >= ADDED_MAX) return refuse([tooMany()]);
      const added: Person = { id: person.userId, name: person.name };
      const after = await this.rounds.add(
        tx,
        round,
        {
          where: wish.where,
          person: added,
          addedBy: { id: viewer.userId, name: viewer.name },
          title: say(`加签：${added.name}`, `Added: ${added.name}`),
        },
        ground.calendar,
      );
      await this.news.stepWaits(tx, request, after);
      return ok({
        note: say(`加签 ${added.name}`, `added ${added.name}`),
        values: wish.where === 'BEFORE' ? await this.anew(tx, request, after, ground) : {},
        newVersion: true,
      });
    });
  }

  /** 催办: whoever waits for it says so, once a working day. */
  remind(viewer: Viewer, scope: TenantScope, wish: ActWish): Answer {
    return this.perform(viewer, scope, 'REMIND', wish, async (tx, { request, round }, ground) => {
      const by = { id: viewer.userId, name: viewer.name };
      if (!(await this.rounds.remind(tx, round, by, ground.calendar))) return refuse([remindedAlready()]);
      await this.news.reminded(tx, request, round, viewer.name);
      return ok({ note: null, values: {}, newVersion: false });
    });
  }

  /** Who could take the viewer's signature over, or be added, by name; empty where neither is the viewer's to do. */
  async candidates(
    viewer: Viewer,
    scope: TenantScope,
    requestId: string,
    action: 'TRANSFER' | 'ADD_APPROVER',
    search: string | null,
  ): Promise<PersonWithRights[]> {
    const request = await this.repository.inScope(scope, requestId);
    const round = request && (await this.rounds.runningNow(requestId));
    if (!request || !round) return [];
    const ground = await this.chains.ground(viewer);
    const wish = { expectedVersion: request.version };
    const approval = { round, voices: ground.voices, remindedToday: false };
    const allowed = decideAct(viewer, request, action, wish, approval);
    if (!allowed.ok || !allowed.value.standing) return [];
    const { seat } = allowed.value.standing;
    const roles = action === 'TRANSFER' && seat.roles.length > 0 ? seat.roles : STEP_ROLES;
    const holders = await this.people.holders(roles, search, LOOKED_AT_MAX);
    return holders
      .filter(
        (person) =>
          person.userId !== viewer.userId &&
          (action === 'TRANSFER' ? mayBeHanded(person, round, seat, request) : mayBeAdded(person, round, request)),
      )
      .slice(0, PEOPLE_MAX);
  }

  private async perform(
    viewer: Viewer,
    scope: TenantScope,
    action: ChainAction,
    wish: ActWish,
    work: (tx: Tx, act: ChainAct, ground: Ground) => Promise<Result<Changed, readonly Refusal[]>>,
  ): Answer {
    const ground = await this.chains.ground(viewer);
    return this.acts.perform(
      { name: ACT_NAMES[action], actor: viewer, idempotencyKey: wish.idempotencyKey, input: wish },
      async (tx) => {
        const request = await this.repository.locked(tx, scope, wish.requestId);
        if (!request) return refuse([unknownRequest()]);
        const round = await this.rounds.running(tx, request.id);
        const approval = await this.chains.factsIn(tx, round, ground);
        const allowed = decideAct(viewer, request, action, wish, approval);
        if (!allowed.ok) return allowed;
        if (!round) throw new Error(`${request.code} is ${request.state} without a running round`);
        const { standing } = allowed.value;
        const changed = await work(tx, { request, round, standing }, ground);
        if (!changed.ok) return changed;
        const { note, values, newVersion } = changed.value;
        if (newVersion) await this.repository.update(tx, request.id, { ...values, version: request.version + 1 });
        const opinion = [note?.zh, wish.opinion?.trim()].filter((part) => part).join('：') || null;
        await this.repository.appendStep(tx, request.id, {
          actorId: viewer.userId,
          actorName: viewer.name,
          actorRole: standing?.role ?? actingRole(viewer.roles),
          action,
          opinion,
          fromState: request.state,
          toState: request.state,
        });
        tx.changed('request', request.id);
        const what = WHAT[action](request.code);
        return ok(
          done(
            request.id,
            request.departmentId,
            note ? say(`${what.zh}，${note.zh}`, `${what.en}, ${note.en}`) : what,
            { step: currentStep(round)?.key ?? null },
            { opinion },
          ),
        );
      },
    );
  }

  /** A step has begun that was not there: due by its own deadline, and what is held is kept past that. */
  private async anew(tx: Tx, request: RequestRow, round: Round, { calendar }: Ground): Promise<Partial<RequestRow>> {
    const dueAt = currentStep(round)?.dueAt ?? null;
    if (!isHolding(round)) return { dueAt, stateSince: tx.now };
    return { dueAt, stateSince: tx.now, holdExpiresAt: await this.keeping.renew(tx, request, dueAt, calendar) };
  }

  private async person(id: string | undefined): Promise<PersonWithRights | null> {
    const [person = null] = id === undefined ? [] : await this.people.of([id]);
    return person;
  }
}

interface Changed {
  readonly note: Bilingual | null;
  /** Of the request's row; what is not named stays as it was. */
  readonly values: Partial<RequestRow>;
  /** Who decides has changed: whoever looked at it before looks again. */
  readonly newVersion: boolean;
}

const ACT_NAMES: { readonly [A in ChainAction]: string } = {
  TRANSFER: 'request.transfer',
  ADD_APPROVER: 'request.addApprover',
  REMIND: 'request.remind',
};
const WHAT: { readonly [A in ChainAction]: (code: string) => Bilingual } = {
  TRANSFER: (code) => say(`转办 ${code}`, `Hand on ${code}`),
  ADD_APPROVER: (code) => say(`加签 ${code}`, `Add an approver to ${code}`),
  REMIND: (code) => say(`催办 ${code}`, `Remind of ${code}`),
};

/** Fits the signature and sees the request: an added person's signature wants no role, but nobody decides what he may not read. */
function mayBeHanded(person: PersonWithRights, round: Round, seat: Seat, request: RequestRow): boolean {
  return person.active && sees(person, request) && mayTake(round, seat, request, person);
}

/** Whoever sees the request and has had no part in the round; what he decides by is that he was asked. */
function mayBeAdded(person: PersonWithRights, round: Round, request: RequestRow): boolean {
  return (
    person.active &&
    person.userId !== request.applicantId &&
    !round.taken.includes(person.userId) &&
    !isNamed(round, person.userId) &&
    sees(person, request)
  );
}

/** By the department: a vendor's staff, who see single systems, decide nothing. */
function sees(person: PersonWithRights, request: RequestRow): boolean {
  return covers(scopeFor(person, 'REQUEST', 'READ'), request.departmentId);
}
