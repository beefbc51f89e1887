import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { firstIdOf } from '../platform/database/ids.js';
import { inList } from '../platform/database/unit-of-work.js';
import type { IpFamily } from './domain/address-plan.js';

/** From when to when something had an address; what was only held is none. */
export interface AddressUse {
  readonly id: string;
  readonly subjectId: string;
  readonly family: IpFamily;
  readonly address: string;
  readonly from: Date;
  /** When it was given back: its rest afterwards is nobody's. */
  readonly to: Date | null;
}

/** An address of no machine and no server: of a system, or of what has no record of its own. */
export interface LooseAddress extends AddressUse {
  readonly purpose: string;
  readonly departmentId: string;
  /** null = of no system. */
  readonly systemId: string | null;
  readonly centerId: string;
}

/** Things that have records of their own: their addresses are counted with them. */
const THINGS = ['Resource', 'Server', 'Claim'];

type Row = Record<string, string | Date | null>;

/** What is written down of addresses, for those who derive use from it. Unscoped: whoever reads it sees everything. */
@Injectable()
export class AddressRecord {
  constructor(private readonly db: DataSource) {}

  /** Of these machines and servers. */
  async of(subjectIds: readonly string[]): Promise<AddressUse[]> {
    const rows: Row[] = await this.db.query(
      `select id, subject_id, family, address, allocated_at, released_at from address_claim
       where subject_id in (?) and allocated_at is not null order by allocated_at, id`,
      [inList(subjectIds)],
    );
    return rows.map(toUse);
  }

  /** Addresses in use from before `before` that were written down since; ids begin with the moment of writing. */
  async factsSince(since: Date, before: Date): Promise<number> {
    const [row] = await this.db.query('select count(*) as n from address_claim where id >= ? and allocated_at < ?', [
      firstIdOf(since),
      before,
    ]);
    return Number(row.n);
  }

  /** The next of the others by id, as far as they are a department's. */
  async looseAfter(id: string, limit: number): Promise<LooseAddress[]> {
    const rows: Row[] = await this.db.query(
      `select a.id, a.subject_id, a.subject_type, a.family, a.address, a.allocated_at, a.released_at, a.purpose,
         a.department_id, n.center_id
       from address_claim a join network n on n.id = a.network_id
       where a.id > ? and a.subject_type not in (?) and a.department_id is not null and a.allocated_at is not null
       order by a.id limit ?`,
      [id, THINGS, limit],
    );
    return rows.map((row) => ({
      ...toUse(row),
      ...{ purpose: row.purpose as string, departmentId: row.department_id as string },
      systemId: row.subject_type === 'System' ? (row.subject_id as string) : null,
      centerId: row.center_id as string,
    }));
  }
}

function toUse(row: Row): AddressUse {
  return {
    ...{ id: row.id as string, subjectId: row.subject_id as string, family: row.family as IpFamily },
    ...{ address: row.address as string, from: row.allocated_at as Date, to: row.released_at as Date | null },
  };
}
