import { addDays, type CalendarDate } from '../../../server/src/kernel/calendar.js';

// A system's way into service on paper: what begins, what keeps it from acceptance, who has signed. It knows nothing of how
// the product does it. The rules are those that a new database has: 30 days by the calendar, a week more after a refusal.

export const TRIAL_DAYS = 30;
const RETRIAL_DAYS = 7;
const [BEGIN_BACK_DAYS, BEGIN_AHEAD_DAYS] = [7, 30];

export type State = 'TRIAL' | 'ACCEPTANCE' | 'LIVE' | 'STOPPED';
export type Party = 'DEPARTMENT' | 'CENTER' | 'VENDOR' | 'ASSESSOR';
export type Paper = 'TRIAL_REPORT' | 'ACCEPTANCE_REPORT' | 'PROTECTION_REPORT';
export const PAPERS: readonly Paper[] = ['TRIAL_REPORT', 'ACCEPTANCE_REPORT', 'PROTECTION_REPORT'];
/** The only ways that a case may go. */
export const EDGES: Readonly<Record<State, readonly State[]>> = {
  TRIAL: ['ACCEPTANCE', 'STOPPED'],
  ACCEPTANCE: ['TRIAL', 'LIVE', 'STOPPED'],
  LIVE: [],
  STOPPED: [],
};

export type Person = 'head' | 'applicant' | 'reviewer' | 'builder';
/** How somebody signs: with the own account, or by entering what another signed on paper. */
export interface Way {
  readonly party: Party;
  readonly person: Person;
  readonly paper: string | null;
}
/** Who signs with the own account. */
const RIGHTS: Readonly<Record<Party, Person | null>> = {
  ...{ DEPARTMENT: 'head', CENTER: 'reviewer', VENDOR: 'builder', ASSESSOR: null },
};

export interface Case {
  state: State;
  readonly begunOn: CalendarDate;
  overOn: CalendarDate;
  round: number;
  /** 等保 level when it was presented last. */
  level: number;
  entries: number;
  openIncidents: number;
  readonly papers: Set<Paper>;
  /** Of the round that runs. */
  readonly signed: Map<Party, string>;
  /** Who has opened what is signed in the round that runs. */
  readonly read: Set<string>;
}

export class SystemOnItsWay {
  cases: Case[] = [];
  liveSince: CalendarDate | null = null;
  machineInUse = true;

  constructor(public level: number) {}

  get newest(): Case | undefined {
    return this.cases.at(-1);
  }

  get hasOpen(): boolean {
    return this.newest?.state === 'TRIAL' || this.newest?.state === 'ACCEPTANCE';
  }

  begin(begunOn: CalendarDate, today: CalendarDate): boolean {
    const inTime = begunOn >= addDays(today, -BEGIN_BACK_DAYS) && begunOn <= addDays(today, BEGIN_AHEAD_DAYS);
    if (!inTime || this.liveSince !== null || this.hasOpen || !this.machineInUse) return false;
    this.cases.push({
      ...{ state: 'TRIAL', begunOn, overOn: addDays(begunOn, TRIAL_DAYS), round: 0, level: this.level },
      ...{ entries: 0, openIncidents: 0, papers: new Set(), signed: new Map(), read: new Set() },
    });
    return true;
  }

  /** Of today: what happens before a trial begins does not belong to it. */
  record(incident: boolean, today: CalendarDate): boolean {
    const one = this.newest;
    if (one?.state !== 'TRIAL' || today < one.begunOn) return false;
    one.entries += 1;
    if (incident) one.openIncidents += 1;
    return true;
  }

  resolve(): boolean {
    const one = this.newest;
    if (one?.state !== 'TRIAL' || one.openIncidents === 0) return false;
    one.openIncidents -= 1;
    return true;
  }

  add(paper: Paper): boolean {
    const one = this.newest;
    if (one?.state !== 'TRIAL') return false;
    one.papers.add(paper);
    return true;
  }

  present(today: CalendarDate): boolean {
    const one = this.newest;
    if (one?.state !== 'TRIAL') return false;
    const papers = PAPERS.filter((paper) => paper !== 'PROTECTION_REPORT' || this.level >= 2);
    const isReady = today >= one.overOn && one.entries > 0 && one.openIncidents === 0 && this.machineInUse;
    if (!isReady || !papers.every((paper) => one.papers.has(paper))) return false;
    Object.assign(one, { state: 'ACCEPTANCE', round: one.round + 1, level: this.level });
    one.signed.clear();
    one.read.clear();
    return true;
  }

  open(person: string): boolean {
    if (this.newest?.state !== 'ACCEPTANCE') return false;
    this.newest.read.add(person);
    return true;
  }

  sign({ party, person, paper }: Way, accept: boolean, today: CalendarDate): boolean {
    const one = this.newest;
    if (one?.state !== 'ACCEPTANCE' || !partiesOf(one.level).includes(party) || one.signed.has(party)) return false;
    if (RIGHTS[party] !== person && paper === null) return false;
    const signer = paper ?? person;
    if (!one.read.has(person) || [...one.signed.values()].includes(signer)) return false;
    one.signed.set(party, signer);
    if (!accept) {
      const again = addDays(today, RETRIAL_DAYS);
      Object.assign(one, { state: 'TRIAL', overOn: [again, one.overOn].toSorted().at(-1) });
      one.signed.clear();
      one.read.clear();
    } else if (partiesOf(one.level).every((each) => one.signed.has(each))) {
      one.state = 'LIVE';
      this.liveSince = today;
    }
    return true;
  }

  stop(): boolean {
    if (!this.newest || !this.hasOpen) return false;
    this.newest.state = 'STOPPED';
    return true;
  }
}

export function partiesOf(level: number): Party[] {
  return level >= 3 ? ['DEPARTMENT', 'CENTER', 'VENDOR', 'ASSESSOR'] : ['DEPARTMENT', 'CENTER', 'VENDOR'];
}
