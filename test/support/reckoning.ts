import { quotaIdsText } from '../../server/src/allocation/domain/claim.js';
import { RecountService } from '../../server/src/cabinets/recount.service.js';
import type { QuotaMeter } from '../../server/src/kernel/refusal.js';
import { after, type RequestMove, type RequestState } from '../../server/src/requests/domain/request-state.js';
import type { TestApplication } from './application.ts';

type Row = Readonly<Record<string, string>>;

/** Adds up anew, from the rows themselves, whatever is kept as a figure or promised as an invariant. It changes nothing. */
export class Reckoning {
  constructor(private readonly app: TestApplication) {}

  /** What does not add up, in words; empty = all is as it should be. `requestIds`: whose timelines are read too. */
  async findings(requestIds: readonly string[] = []): Promise<string[]> {
    const found = [
      ...(await this.pools()),
      ...(await this.quotas()),
      ...(await this.owners()),
      ...(await this.servers()),
      ...(await this.places()),
      ...(await this.budgets()),
    ];
    for (const id of requestIds) found.push(...(await this.timeline(id)));
    return found;
  }

  /** Every counter of a pool is the sum of its live claims. */
  private async pools(): Promise<string[]> {
    const sums = new Map<string, number>();
    const add = (pool: string, meter: string, amount: string): void => {
      sums.set(`${pool} ${meter}`, (sums.get(`${pool} ${meter}`) ?? 0) + Number(amount));
    };
    const claims = await this.ask(
      `select pool_id, storage_tier, sum(vcpu) as vcpu, sum(memory_mib) as memory, sum(storage_gib) as storage
       from claim where state <> 'RELEASED' group by pool_id, storage_tier`,
    );
    for (const claim of claims) {
      add(claim.pool_id as string, 'VCPU', claim.vcpu as string);
      add(claim.pool_id as string, 'MEMORY_MIB', claim.memory as string);
      add(claim.pool_id as string, `STORAGE_GIB_${claim.storage_tier}`, claim.storage as string);
    }
    for (const { pool_id, pieces } of await this.accelerators())
      for (const [name, count] of pieces) add(pool_id as string, `ACCELERATOR:${name}`, String(count));
    return this.compare('POOL', sums);
  }

  /** Every counter of a quota is what live claims and takings say they took of it. */
  private async quotas(): Promise<string[]> {
    const sums = new Map<string, number>();
    const add = (quota: string, meter: QuotaMeter, amount: number): void => {
      sums.set(`${quota} ${meter}`, (sums.get(`${quota} ${meter}`) ?? 0) + amount);
    };
    const claims = await this.ask(
      `select quota_ids, sum(standing <> 'DATA' and grows_claim_id is null) as machines, sum(vcpu) as vcpu, sum(memory_mib) as memory,
         sum(storage_gib) as storage from claim where state <> 'RELEASED' group by quota_ids`,
    );
    for (const claim of claims)
      for (const id of quotaIdsText.from(claim.quota_ids as string)) {
        add(id, 'MACHINE', Number(claim.machines));
        add(id, 'VCPU', Number(claim.vcpu));
        add(id, 'MEMORY_MIB', Number(claim.memory));
        add(id, 'STORAGE_GIB', Number(claim.storage));
      }
    for (const { quota_ids, pieces } of await this.accelerators())
      for (const id of quotaIdsText.from(quota_ids as string))
        for (const [, count] of pieces) add(id, 'ACCELERATOR', count);
    for (const taking of await this.ask('select quota_ids, amounts from quota_taking where live = 1')) {
      const amounts = JSON.parse(taking.amounts as string) as { readonly [M in QuotaMeter]?: number };
      for (const id of JSON.parse(taking.quota_ids as string) as string[])
        for (const [meter, amount] of Object.entries(amounts)) add(id, meter as QuotaMeter, amount);
    }
    return this.compare('QUOTA', sums);
  }

  /** Of every live claim that has any: its pieces by class. */
  private async accelerators() {
    const claims = await this.ask(
      "select pool_id, quota_ids, accelerators from claim where state <> 'RELEASED' and accelerators is not null",
    );
    return claims.map(({ pool_id, quota_ids, accelerators }) => ({
      ...{ pool_id, quota_ids },
      pieces: Object.entries(JSON.parse(accelerators as string) as { readonly [name: string]: number }),
    }));
  }

  private async compare(kind: 'POOL' | 'QUOTA', sums: ReadonlyMap<string, number>): Promise<string[]> {
    const counters = await this.ask(
      'select subject_id, meter, live_amount as live from capacity_counter where kind = ? and (live_amount <> 0 or subject_id in (?))',
      [kind, ['', ...[...sums.keys()].map((key) => key.split(' ')[0])]],
    );
    const live = new Map(counters.map((row) => [`${row.subject_id} ${row.meter}`, Number(row.live)]));
    return [...new Set([...live.keys(), ...sums.keys()])]
      .filter((key) => (live.get(key) ?? 0) !== (sums.get(key) ?? 0))
      .map((key) => `${kind} ${key}: the counter says ${live.get(key)}, its claims add up to ${sums.get(key) ?? 0}`);
  }

  /** What is held has a request that holds, what is allocated a machine that lives, and every such machine its claim. */
  private async owners(): Promise<string[]> {
    const found: string[] = [];
    const none = async (what: string, sql: string): Promise<void> => {
      for (const row of await this.ask(sql)) found.push(`${what}: ${row.id}`);
    };
    const holds = "('AWAITING_SIGN_OFF', 'UNDER_REVIEW', 'RETURNED')";
    for (const table of ['claim', 'item_claim'])
      await none(
        `a held ${table} without a request that holds`,
        `select c.id from ${table} c left join request q on q.id = c.request_id
         where c.state = 'HELD' and not (q.state in ${holds} and q.held_since is not null and q.hold_expires_at is not null)`,
      );
    await none(
      'an allocated claim without exactly one machine that lives',
      `select c.id from claim c where c.state = 'ALLOCATED' and c.standing <> 'DATA'
       and (select count(*) from resource r where r.claim_id = c.id and r.state <> 'RELEASED') <> 1`,
    );
    await none(
      'a machine that lives without its claim',
      `select r.id from resource r left join claim c on c.id = r.claim_id
       where r.state <> 'RELEASED' and (c.state is null or c.state <> 'ALLOCATED')`,
    );
    await none(
      'the data of a line that no machine needs',
      `select c.id from claim c where c.state = 'ALLOCATED' and c.standing = 'DATA'
       and not exists (select 1 from resource r where r.line_id = c.line_id and r.state <> 'RELEASED')
       and not exists (select 1 from kept_disk k where k.claim_id = c.id and k.state <> 'GONE')`,
    );
    await none(
      'a kept disk and its claim of storage alone, of which only one lives',
      `select k.id from kept_disk k left join claim c on c.id = k.claim_id
       where not ((k.state <> 'GONE') <=> (c.state = 'ALLOCATED'))
          or (k.state <> 'GONE' and (c.standing <> 'DATA' or c.storage_gib <> k.disk_gib or c.line_id <> k.id))`,
    );
    await none(
      'a disk that its machine and the list of kept disks speak of differently',
      `select k.id from kept_disk k left join resource r on r.id = k.attached_to_id
       where k.state = 'ATTACHED' and not (coalesce(r.attached_disks, '') like concat('%', k.id, '%'))`,
    );
    return found;
  }

  /** A server is held by the request whose claim holds it, and by no other; what is free or in use is held by nobody. */
  private async servers(): Promise<string[]> {
    const rows = await this.ask(
      `select s.id from server s left join item_claim i on i.live_subject_id = s.id and i.state = 'HELD'
       where (s.state = 'HELD') <> (i.id is not null) or not (s.hold_subject <=> i.request_id)`,
    );
    return rows.map((row) => `a server whose state and claim differ: ${row.id}`);
  }

  /** A place that a request has is held while its claim is, and given when that is; cabinets count what stands in them. */
  private async places(): Promise<string[]> {
    const rows = await this.ask(
      `select i.subject_id as id, i.state as claim, h.state as place from item_claim i
       left join cabinet_holder h on h.id = i.subject_id
       where i.kind = 'CABINET' and ((i.state = 'HELD') <> (h.state <=> 'HELD')
         or (i.state = 'RELEASED' and h.state <> 'RELEASED'))`,
    );
    const counting = this.app.context.get(RecountService, { strict: false });
    const wrong = await counting.recount();
    return [
      ...rows.map((row) => `a place ${row.id} is ${row.place} and its claim ${row.claim}`),
      ...wrong.map((one) => `a cabinet counts wrong: ${JSON.stringify(one)}`),
    ];
  }

  /** A budget's reserved figure is what is left of the encumbrances below it. */
  private async budgets(): Promise<string[]> {
    const rows = await this.ask(
      `select b.id, b.reserved_fen as figure, (select coalesce(sum(n.left_fen), 0) from encumbrance n
         join budget under on under.id = n.budget_id where under.path like concat(b.path, '%')) as entries
       from budget b having figure <> entries`,
    );
    return rows.map((row) => `budget ${row.id}: reserved ${row.figure}, encumbrances ${row.entries}`);
  }

  /** Every step of a request's timeline is an edge of its table, and the last one led to where it is now. */
  private async timeline(requestId: string): Promise<string[]> {
    const [request] = await this.ask('select state from request where id = ?', [requestId]);
    const steps = await this.ask(
      'select action, from_state, to_state from request_step where request_id = ? and from_state is not null order by at, id',
      [requestId],
    );
    const found = steps
      .filter((step) => after(step.from_state as RequestState, step.action as RequestMove) !== step.to_state)
      .map((step) => `${requestId}: ${step.from_state} ${step.action} ${step.to_state} is no edge`);
    const last = steps.at(-1)?.to_state ?? 'DRAFT';
    if (request?.state !== last) found.push(`${requestId} is ${request?.state}, its timeline ends at ${last}`);
    return found;
  }

  private ask(sql: string, values: unknown[] = []): Promise<Row[]> {
    return this.app.test.db.query(sql, values);
  }
}
