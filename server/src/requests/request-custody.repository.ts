import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Tx } from '../platform/database/unit-of-work.js';
import type { RequestState } from './domain/request-state.js';

export interface RequestInCustody {
  readonly id: string;
  readonly code: string;
  readonly departmentId: string;
  readonly systemId: string;
  readonly version: number;
}

/** Requests by whose they are. */
@Injectable()
export class RequestCustodyRepository {
  constructor(private readonly db: DataSource) {}

  async countOf(applicantId: string, states: readonly RequestState[]): Promise<number> {
    const [row] = await this.db.query('select count(*) as n from request where applicant_id = ? and state in (?)', [
      applicantId,
      states,
    ]);
    return Number(row.n);
  }

  async lockedOf(tx: Tx, applicantId: string, states: readonly RequestState[]): Promise<RequestInCustody[]> {
    const rows = await tx.manager.query(
      `select id, code, department_id, system_id, version from request where applicant_id = ? and state in (?) order by id for update`,
      [applicantId, states],
    );
    return rows.map((row: { id: string; code: string; department_id: string; system_id: string; version: number }) => ({
      id: row.id,
      code: row.code,
      departmentId: row.department_id,
      systemId: row.system_id,
      version: Number(row.version),
    }));
  }

  async give(tx: Tx, ids: readonly string[], to: { readonly userId: string; readonly name: string }): Promise<void> {
    if (ids.length > 0)
      await tx.manager.query(
        // In the order of the text: the list takes who has it before that is another.
        `update request set former_applicant_ids = concat(
           if(former_applicant_ids is null, '[', concat(left(former_applicant_ids, char_length(former_applicant_ids) - 1), ',')),
           '"', applicant_id, '"]'), applicant_id = ?, applicant_name = ?, version = version + 1 where id in (?)`,
        [to.userId, to.name, ids],
      );
  }

  /** Requests that ever left the drafts, and resources, of a system that a project pays for. */
  async countPaidFor(
    tx: Tx,
    { systemId, projectId }: { readonly systemId: string; readonly projectId: string },
  ): Promise<number> {
    const [row] = await tx.manager.query(
      `select (select count(*) from request where system_id = ? and project_id = ? and state <> 'WITHDRAWN')
            + (select count(*) from resource where system_id = ? and project_id = ?) as n`,
      [systemId, projectId, systemId, projectId],
    );
    return Number(row.n);
  }

  async countInDepartment(tx: Tx, departmentId: string, ended: readonly RequestState[]): Promise<number> {
    const [row] = await tx.manager.query(
      'select count(*) as n from request where department_id = ? and state not in (?)',
      [departmentId, ended],
    );
    return Number(row.n);
  }
}
