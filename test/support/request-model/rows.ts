import { auditSchemaOf } from '../../../server/src/platform/database/data-source.js';
import type { TestApplication } from '../application.ts';
import type { Machine } from './machine.ts';
import { nothing, SITES, type Site, type Taking } from './shares.ts';

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
           coalesce(sum(standing = 'DATA'), 0) as data, coalesce(sum(if(pool_id = ?, vcpu, 0)), 0) as foreignVcpu
         from claim where pool_id in (?) and state <> 'RELEASED'`,
        [foreignPoolId, [poolId, foreignPoolId]],
      );
      const [servers] = await this.app.test.db.query(
        "select count(*) as n from server where center_id = ? and state <> 'FREE'",
        [centerId],
      );
      const [places] = await this.app.test.db.query(
        `select coalesce(sum(grows_holder_id is null), 0) as n, coalesce(sum(power_w), 0) as watts
         from cabinet_holder where cabinet_id in (?) and state <> 'RELEASED'`,
        [cabinetIds],
      );
      const [addresses] = await this.app.test.db.query(
        `select count(*) as n from address_claim a join network w on w.id = a.network_id
         where w.center_id = ? and a.family = 'IPV4' and a.live = 1 and a.state <> 'QUARANTINE'`,
        [centerId],
      );
      const [all, foreignVcpu] = [Number(claims.vcpu), Number(claims.foreignVcpu)];
      Object.assign(taken[site], { vcpu: all - foreignVcpu, foreignVcpu, machines: Number(claims.machines) });
      Object.assign(taken[site], { addresses: Number(addresses.n) });
      Object.assign(taken[site], { data: Number(claims.data), servers: Number(servers.n), places: Number(places.n) });
      Object.assign(taken[site], { watts: Number(places.watts) });
    }
    return taken;
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
    const rows: { id: string; moves: string; told: string }[] = await this.app.test.db.query(
      `select q.id,
         (select count(*) from request_step s where s.request_id = q.id
            and s.action in ('SEND_FOR_SIGN_OFF', 'SUBMIT', 'APPROVE', 'RETURN', 'REJECT', 'EXPIRE', 'DELIVER'))
         + (select count(*) from dr_debt d where d.request_id = q.id and d.state in ('SETTLING', 'SETTLED', 'WAIVED')) as moves,
         (select count(*) from notice n where n.subject_type = 'Request' and n.subject_id = q.id) as told
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
