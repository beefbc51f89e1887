/**
 * What of a console touches its database, as a process of its own: acts under idempotency keys, the audit's sequencer, and
 * a worker that acts under a lease. It says over IPC what was acknowledged, and nothing of what it only tried.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Acts } from '../../server/src/audit/acts.service.js';
import { AuditRepository } from '../../server/src/audit/audit.repository.js';
import { ChainRepository } from '../../server/src/audit/chain.repository.js';
import { IdempotencyRepository } from '../../server/src/audit/idempotency.repository.js';
import { AuditSequencer } from '../../server/src/audit/sequencer.js';
import { say } from '../../server/src/kernel/bilingual.js';
import { systemClock } from '../../server/src/kernel/clock.js';
import { ok } from '../../server/src/kernel/result.js';
import { openSoftwareCrypto } from '../../server/src/platform/crypto/software-crypto.js';
import { openDataSource } from '../../server/src/platform/database/data-source.js';
import { parseDatabaseUrl } from '../../server/src/platform/database/database-url.js';
import { Leases } from '../../server/src/platform/database/lease.js';
import { DatabaseNodes } from '../../server/src/platform/database/quorum/database-nodes.js';
import { RememberedEpoch } from '../../server/src/platform/database/quorum/remembered-epoch.js';
import { UnitOfWork } from '../../server/src/platform/database/unit-of-work.js';
import { ChangeFeed } from '../../server/src/platform/feed/change-feed.js';
import type { Heard, Told } from './bed-console.ts';

const PASSWORD_ITERATIONS = 1_000;
const LEASE_LIFE_MS = 3_000;
const WORK_EVERY_MS = 150;
const STATE_EVERY_MS = 200;
const REFUSED_WAIT_MS = 300;

const [url = '', directory = '', keys = '', name = ''] = process.argv.slice(2);
const target = parseDatabaseUrl(url);
if (!target) throw new Error('no database');
const tell = (told: Told): void => {
  process.send?.(told);
};

const nodes = await DatabaseNodes.open(target, await RememberedEpoch.in(directory));
const db = await openDataSource({ ...target, nodes }, []);
const crypto = await openSoftwareCrypto({ dataDirectory: keys, passwordIterations: PASSWORD_ITERATIONS });
const feed = new ChangeFeed(db);
const unitOfWork = new UnitOfWork(db, feed, systemClock, nodes);
const acts = new Acts(unitOfWork, new AuditRepository(db), new IdempotencyRepository(db), crypto);
const leases = new Leases(db);
const sequencer = new AuditSequencer(new ChainRepository(db), leases, unitOfWork, crypto, systemClock);
const actor = { userId: null, name, departmentId: null, address: null, traceId: randomUUID() };

let writing = false;
let working = false;

async function write(): Promise<void> {
  while (writing) {
    const id = randomUUID();
    // The same press again and again until it is answered, as a person's browser does.
    for (let answered = false; !answered; ) answered = await press(id);
  }
}

/** @returns whether it is known what became of it. */
async function press(id: string): Promise<boolean> {
  try {
    const outcome = await acts.perform({ name: 'bed.write', actor, idempotencyKey: id, input: { id } }, async (tx) => {
      await tx.manager.query('insert into bed_write (id, console) values (?, ?)', [id, name]);
      return ok({
        value: { id },
        audit: { objectType: 'Bed', objectId: id, departmentId: null, summary: say('写入', 'Wrote') },
      });
    });
    if (outcome.ok) {
      tell({ kind: 'acknowledged', id });
      return true;
    }
    const [refusal] = outcome.error;
    tell({ kind: 'refused', code: refusal?.code ?? '' });
    await sleep(REFUSED_WAIT_MS);
    // What is certainly not kept is given up: a new press has a new key.
    return refusal?.code === 'DATABASE_READ_ONLY' && !refusal.outcomeUnknown;
  } catch (error) {
    tell({ kind: 'failed', message: String(error) });
    await sleep(REFUSED_WAIT_MS);
    return false;
  }
}

/** Whoever holds the lease acts; each act is fenced by its epoch in its own transaction. */
async function work(): Promise<void> {
  while (working) {
    try {
      const lease = await leases.take('bed-worker', name, LEASE_LIFE_MS);
      if (lease)
        await unitOfWork.run(async (tx) => {
          if (!(await leases.stillHeld(tx, lease))) throw new Error('the lease has gone');
          await tx.manager.query(
            `insert into bed_act (fenced, console, epoch)
             select fenced, ?, ? from lease where name = 'bed-worker'`,
            [name, lease.epoch.toString()],
          );
        });
    } catch {
      // The next round tries again.
    }
    await sleep(WORK_EVERY_MS);
  }
}

process.on('message', (heard: Heard) => {
  if (heard.kind === 'write') {
    writing = true;
    for (let n = 0; n < heard.writers; n += 1) void write();
  }
  if (heard.kind === 'work') {
    working = true;
    sequencer.start();
    void work();
  }
  if (heard.kind === 'rest') {
    writing = false;
    working = false;
    void sequencer.stop().then(() => tell({ kind: 'rested' }));
  }
  if (heard.kind === 'read')
    db.query('select count(*) as n from bed_write').then(
      ([row]: { n: string }[]) => tell({ kind: 'read', rows: Number(row?.n) }),
      (error: unknown) => tell({ kind: 'read', rows: null, message: String(error) }),
    );
});
setInterval(() => tell({ kind: 'state', state: nodes.state() }), STATE_EVERY_MS);
tell({ kind: 'state', state: nodes.state() });
