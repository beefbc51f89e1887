import { expect } from '@jest/globals';
import { auditSchemaOf } from '../../../server/src/platform/database/data-source.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import { ExecutionDesk } from '../execution-desk.ts';

export const key = () => ({ idempotencyKey: newId() });
export const reasons = (done: { ok: boolean; error?: unknown }) =>
  done.ok ? [] : (done.error as { reason?: string; code: string }[]).map(({ code, reason }) => reason ?? code);

/** Refused, and told by what. */
export const takenBy = (code: string) => ({
  ok: false,
  error: [
    { reason: 'GROUP_OCCUPIED', message: { zh: expect.stringContaining(code), en: expect.stringContaining(code) } },
  ],
});

/** One group and its three centers for everything that is tried on them, by the services and past them, by SQL. */
export class World {
  private opened: ExecutionDesk | undefined;

  async open(): Promise<void> {
    this.opened = await ExecutionDesk.open(2);
  }

  async close(): Promise<void> {
    await this.opened?.close();
  }

  get desk(): ExecutionDesk {
    if (!this.opened) throw new Error('the world is not open yet');
    return this.opened;
  }

  /** AUDIT stands for the schema of what may only be added to. */
  readonly sql = (text: string, values: unknown[] = []) => {
    const { address, db } = this.desk.app.test;
    return db.query(text.replaceAll('AUDIT', `\`${auditSchemaOf(address.database)}\``), values);
  };

  readonly insert = (table: string, row: Record<string, unknown>) =>
    this.sql(`insert into ${table} (${Object.keys(row).join(', ')}) values ?`, [[Object.values(row)]]);

  /** A raw row of an execution that nobody asked for through the service. */
  readonly rawExecution = async (kind: string, more: Record<string, unknown> = {}): Promise<string> => {
    const id = newId();
    await this.insert('dr_execution', {
      ...{ id, code: `X-${id.slice(-12)}`, group_id: newId(), group_name: '组' },
      ...{ department_id: newId(), system_id: newId() },
      ...{ kind, state: 'RUNNING', reason: '测试写入', moments: '{}' },
      ...{ from_center_id: this.desk.a.center.id, to_center_id: this.desk.b.center.id },
      ...{ requested_by_id: newId(), requested_by: '甲', created_at: new Date(), version: 1 },
      ...more,
    });
    return id;
  };

  readonly rawProof = async (executionId: string, more: Record<string, unknown> = {}): Promise<string> => {
    const id = newId();
    await this.insert('AUDIT.dr_fence_proof', {
      ...{ id, execution_id: executionId, center_id: this.desk.a.center.id, kind: 'MACHINES_GONE', detail: '{}' },
      ...{ observed_at: new Date(), recorded_at: new Date(), ...more },
    });
    return id;
  };

  readonly rawPromotion = (executionId: string, more: Record<string, unknown>) =>
    this.insert('AUDIT.dr_promotion', {
      ...{ id: newId(), execution_id: executionId, kind: 'SWITCHOVER', data_set_id: newId(), epoch: 1 },
      ...{ from_center_id: this.desk.a.center.id, to_center_id: this.desk.b.center.id },
      ...{ data_known: 1, promoted_at: new Date() },
      ...more,
    });
}
