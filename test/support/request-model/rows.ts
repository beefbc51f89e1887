import { auditSchemaOf } from '../../../server/src/platform/database/data-source.js';
import type { TestApplication } from '../application.ts';
import type { Machine } from './machine.ts';
import { type Form, nothing, SITES, type Site, type Taken, type Taking } from './shares.ts';
import { CARD, ZONES } from './wares.ts';

const GRAMS_PER_KG = 1_000;

export interface SiteRows {
  readonly centerId: string;
  readonly poolId: string;
  readonly foreignPoolId: string;
  readonly cabinetIds: readonly string[];
}

/** What the rows of the database say, in the model's terms. */
export class RowsOfWorld {
  constructor(
    private readonly app: TestApplication,
    private readonly sites: { readonly [S in Site]: SiteRows },
    private readonly nameOfMachine: (machine: Machine) => string,
  ) {}

  /** What is taken in all, as the rows say. */
  async taken(): Promise<Taking> {
    const taken = nothing();
    for (const site of SITES) {
      const { centerId, poolId, foreignPoolId, cabinetIds } = this.sites[site];
      const [claims] = await this.app.test.db.query(
        `select coalesce(sum(vcpu), 0) as vcpu, coalesce(sum(standing <> 'DATA' and grows_claim_id is null), 0) as machines,
           coalesce(sum(standing = 'DATA'), 0) as data, coalesce(sum(if(pool_id = ?, vcpu, 0)), 0) as foreignVcpu,
           coalesce(sum(memory_mib), 0) as memoryMib, coalesce(sum(storage_gib), 0) as storageGib,
           coalesce(sum(json_value(accelerators, ?)), 0) as cards
         from claim where pool_id in (?) and state <> 'RELEASED'`,
        [foreignPoolId, `$."${CARD}"`, [poolId, foreignPoolId]],
      );
      const [things] = await this.app.test.db.query(
        `select (select count(*) from server where center_id = ? and state <> 'FREE') as servers,
           (select count(*) from address_claim a join network w on w.id = a.network_id
            where w.center_id = ? and a.family = 'IPV4' and a.live = 1 and a.state <> 'QUARANTINE') as addresses`,
        [centerId, centerId],
      );
      const { foreignVcpu, vcpu, ...rest } = numbersOf(claims);
      Object.assign(taken[site], { ...rest, vcpu: (vcpu ?? 0) - (foreignVcpu ?? 0), foreignVcpu });
      Object.assign(taken[site], numbersOf(things), await this.places(cabinetIds));
    }
    return taken;
  }

  /** What stands, or is held, in a site's cabinets, by their zones. */
  private async places(cabinetIds: readonly string[]): Promise<Partial<Taken>> {
    const rows: { zone: string; n: string; halfUnits: string; watts: string; grams: string }[] =
      await this.app.test.db.query(
        `select c.zone, sum(h.grows_holder_id is null) as n, sum(h.height_half_units) as halfUnits,
           sum(h.power_w) as watts, sum(h.weight_grams) as grams
         from cabinet_holder h join cabinet c on c.id = h.cabinet_id
         where h.cabinet_id in (?) and h.state <> 'RELEASED' group by c.zone`,
        [cabinetIds],
      );
    const of = (form: Form) => rows.find(({ zone }) => zone === ZONES[form]);
    const sum = (column: 'halfUnits' | 'watts' | 'grams') => rows.reduce((all, row) => all + Number(row[column]), 0);
    return {
      ...{ places: Number(of('PLAIN')?.n ?? 0), tall: Number(of('TALL')?.n ?? 0), whole: Number(of('WHOLE')?.n ?? 0) },
      ...{ watts: Number(of('PLAIN')?.watts ?? 0), halfUnits: sum('halfUnits'), allWatts: sum('watts') },
      kg: sum('grams') / GRAMS_PER_KG,
    };
  }

  /** What the counters of quotas say that these have taken, by their ids. */
  async quotas(subjectIds: readonly string[]): Promise<Record<string, Record<string, number>>> {
    const rows: { id: string; meter: string; n: string }[] = await this.app.test.db.query(
      `select subject_id as id, meter, live_amount as n from capacity_counter
       where kind = 'QUOTA' and subject_id in (?) and live_amount <> 0`,
      [subjectIds],
    );
    const found: Record<string, Record<string, number>> = Object.fromEntries(subjectIds.map((id) => [id, {}]));
    for (const { id, meter, n } of rows) Object.assign(found[id] ?? {}, { [meter]: Number(n) });
    return found;
  }

  /** Disks of machines that are gone, each as its machine is called. */
  async disks(): Promise<string[]> {
    const rows: { id: string; name: string; state: string }[] = await this.app.test.db.query(
      `select r.request_id as id, r.name, k.state from kept_disk k join resource r on r.id = k.resource_id
       where k.state <> 'GONE'`,
    );
    return rows.map(({ id, name, state }) => `${id} ${name} ${state}`).toSorted();
  }

  /** Of each request its state, whether it holds, and what of a budget it has reserved. */
  async requests(ids: readonly string[]): Promise<{ state: string; holds: boolean; reserved: bigint }[]> {
    if (ids.length === 0) return [];
    const rows: { id: string; state: string; holds: number; reserved: string }[] = await this.app.test.db.query(
      `select q.id, q.state, q.hold_expires_at is not null as holds, coalesce((select sum(n.left_fen) from encumbrance n where n.subject_id = q.id), 0) as reserved
       from request q where q.id in (?)`,
      [ids],
    );
    const byId = new Map(
      rows.map(({ id, state, holds, reserved }) => [
        id,
        { state, holds: Number(holds) === 1, reserved: BigInt(reserved) },
      ]),
    );
    return ids.map((id) => byId.get(id) ?? { state: 'NONE', holds: false, reserved: 0n });
  }

  /** 容灾欠账 of these requests, as the model says them. */
  async owed(ids: readonly string[]): Promise<string[]> {
    if (ids.length === 0) return [];
    const rows: { id: string; line: string; state: string; n: number }[] = await this.app.test.db.query(
      `select d.request_id as id, l.name as line, d.state, d.item_count as n
       from dr_debt d join request_line l on l.id = d.line_id where d.request_id in (?)`,
      [ids],
    );
    return rows.map(({ id, line, state, n }) => `${id} ${line} ${state} ${n}`).toSorted();
  }

  async machineStates(machines: readonly Machine[]): Promise<string[]> {
    if (machines.length === 0) return [];
    const rows: { id: string; name: string; state: string }[] = await this.app.test.db.query(
      'select request_id as id, name, state from resource where request_id in (?)',
      [machines.map((machine) => machine.request.id)],
    );
    const states = new Map(rows.map(({ id, name, state }) => [`${id} ${name}`, state]));
    return machines.map((machine) => states.get(`${machine.request.id} ${this.nameOfMachine(machine)}`) ?? 'NONE');
  }

  /** Requests of which more or less was told than happened: each move that somebody waits for is told once, also of its debts. */
  async mistold(ids: readonly string[]): Promise<string[]> {
    if (ids.length === 0) return [];
    const schema = auditSchemaOf(this.app.test.address.database);
    const rows: { id: string; moves: string; told: string }[] = await this.app.test.db.query(
      `select q.id,
         (select count(*) from request_step s where s.request_id = q.id
            and s.action in ('SEND_FOR_SIGN_OFF', 'SUBMIT', 'APPROVE', 'RETURN', 'REJECT', 'EXPIRE', 'DELIVER'))
         + (select count(*) from dr_debt d where d.request_id = q.id and d.state in ('SETTLING', 'SETTLED', 'WAIVED'))
         + (select count(*) from \`${schema}\`.audit_event e where e.action = 'request.giveBackLineByRule' and e.object_id = q.id) as moves,
         (select count(*) from notice n where n.subject_type = 'Request' and n.subject_id = q.id
            and n.kind <> 'DEADLINE') as told
       from request q where q.id in (?) having moves <> told`,
      [ids],
    );
    return rows.map(({ id, moves, told }) => `${id}: ${moves} moves, told ${told} times`);
  }

  /** Acts that were done so far, each one row. */
  async acts(): Promise<number> {
    const schema = auditSchemaOf(this.app.test.address.database);
    const [row] = await this.app.test.db.query(`select count(*) as n from \`${schema}\`.audit_event`);
    return Number(row.n);
  }
}

function numbersOf(row: { readonly [column: string]: unknown }): { readonly [column: string]: number } {
  return Object.fromEntries(Object.entries(row).map(([column, value]) => [column, Number(value)]));
}
