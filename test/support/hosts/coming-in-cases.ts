import { expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { WHOLE_PROVINCE } from '../../../server/src/kernel/viewer.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import { BmcService } from '../../../server/src/servers/bmc.service.js';
import { codesOf, idOf } from '../request-journey.ts';
import { Sleeper } from '../sleeper.ts';
import { until } from '../until.ts';
import {
  act,
  app,
  engineer,
  events,
  gateway,
  get,
  hostOf,
  inCluster,
  keyOf,
  reaches,
  row,
  site,
  startWorker,
} from './house.ts';

/** How a host comes in by its controller, and what becomes of the credentials. */
export function comingInCases(): void {
  it('come in by registration with a secret that no table has in clear', async () => {
    const id = site.serverIds.at(-1) as string;
    expect(codesOf(await act(id, 'REGISTER', {}, engineer))).toEqual(['ILLEGAL_TRANSITION']);
    // The password first: whoever looks between the two finds the former address, never the newer one with the former password.
    const reachedAt = async (address: string, password: string) => {
      const { version } = await row(id);
      const wish = {
        id,
        expectedVersion: version,
        idempotencyKey: newId(),
        credential: { username: 'root', password },
      };
      idOf(await get(BmcService).setCredential(engineer, WHOLE_PROVINCE, wish));
      await app.test.db.query('update server set bmc_address = ? where id = ?', [address, id]);
    };
    await reachedAt('unreachable-9', 'mistyped');
    expect(codesOf(await act(id, 'REGISTER', {}, engineer))).toEqual(['INVALID_INPUT']);
    idOf(await act(id, 'REGISTER', { confirmed: (await row(id)).assetNumber }, engineer));
    // One worker is stopped right before it registers the host; another does, and goes on.
    const sleeper = new Sleeper();
    sleeper.sleepBefore(({ kind }) => kind === 'BareMetalHost');
    await startWorker(sleeper);
    await until('it sleeps', () => sleeper.isAsleep);
    await app.test.db.query('delete from lease');
    await startWorker();
    await reaches(id, 'FAILED');
    expect((await hostOf(id)).statusText.zh).toContain('请核对地址和账号');
    // What is corrected is written into the cluster again.
    await reachedAt('10.0.9.9', 'very-secret-1');
    await until('it is inspected', async () => (await inCluster(id))?.view.serial !== null);
    const { host } = await hostOf(id);
    const secret = await gateway.get({ kind: 'Secret', namespace: host.namespace, name: `${host.name}-bmc` });
    expect(Buffer.from(secret?.data?.password ?? '', 'base64').toString()).toBe('very-secret-1');
    // The simulated inspection makes up a serial number: it is another machine than the asset's, and is not touched.
    await until('it is told', async () => (await hostOf(id)).statusText.zh.includes('与资产不符'));
    expect(await hostOf(id)).toMatchObject({ phase: 'FAILED', registered: true });
    // Somebody works on it now. Awake, the first still says that it shall be off, and is not heard.
    const found = await inCluster(id);
    if (found === undefined) throw new Error('it is not there');
    await gateway.amend(keyOf(await hostOf(id)), found.view, { spec: { online: true } });
    expect(await sleeper.wokenUp()).toEqual({ refused: expect.objectContaining({ failureClass: 'CONFLICT' }) });
    expect((await inCluster(id))?.view.online).toBe(true);
    const kept: object[] = await app.test.db.query('select * from server where id = ?', [id]);
    expect(JSON.stringify(kept)).not.toContain('very-secret-1');
    idOf(await act(id, 'KEEP_BY_HAND', { reason: '序列号不符', confirmed: (await row(id)).assetNumber }, engineer));
  });

  it('take a credential that replaced another: in the Secret, tried at once, and neither is kept anywhere else', async () => {
    const said: string[] = [];
    const log = (...words: unknown[]) => void said.push(words.map(String).join(' '));
    Logger.overrideLogger({ log, warn: log, error: log, debug: log, verbose: log });
    const id = site.serverIds[0] as string;
    const [former, newer] = ['former-Passw0rd-91', 'newer-Passw0rd-92'] as const;
    const set = async (password: string) => {
      const wish = { id, expectedVersion: (await row(id)).version, idempotencyKey: newId() };
      idOf(
        await get(BmcService).setCredential(engineer, WHOLE_PROVINCE, {
          ...wish,
          credential: { username: 'root', password },
        }),
      );
    };
    await app.test.db.query('delete from lease');
    await startWorker();
    await until('it is free and known', async () => (await hostOf(id))?.phase === 'AVAILABLE');
    // As if the console had brought it in: the Secret is its own to write.
    await app.test.db.query('update server_host set registered = 1 where server_id = ?', [id]);
    await set(former);
    await set(newer);
    const { host } = await hostOf(id);
    const secretOf = () => gateway.get({ kind: 'Secret', namespace: host.namespace, name: `${host.name}-bmc` });
    const base64 = (text: string) => Buffer.from(text).toString('base64');
    await until('the Secret has the newer', async () => (await secretOf())?.data?.password === base64(newer));
    const texts = async () => (await events(id)).map(({ text }) => text).join();
    await until('its controller took it', async () => (await texts()).includes('已用新的带外管理账号连通'));
    const version = (await secretOf())?.metadata.resourceVersion;
    expect((await inCluster(id))?.view.goodCredential).toBe(version);
    expect(await hostOf(id)).toMatchObject({ credentialRound: 2, credentialSent: 2, credentialVersion: null });
    // Every text of every table, the audit's too: of neither is anything there, in clear or as the Secret has it.
    const tables: { schema: string; name: string; column: string }[] = await app.test.db.query(
      `select table_schema as \`schema\`, table_name as name, column_name as \`column\` from information_schema.columns
       where table_schema like concat(database(), '%') and data_type in ('varchar', 'char', 'longtext', 'text', 'blob', 'longblob', 'json')`,
    );
    expect(tables.length).toBeGreaterThan(100);
    for (const { schema, name, column } of tables) {
      const found = await app.test.db.query(
        `select 1 from \`${schema}\`.\`${name}\` where ${[former, newer]
          .flatMap((word) => [word, base64(word)])
          .map((word) => `\`${column}\` like '%${word}%'`)
          .join(' or ')} limit 1`,
      );
      expect([name, column, found]).toEqual([name, column, []]);
    }
    expect(said.join()).not.toMatch(/Passw0rd/);
    expect(JSON.stringify([await row(id), await hostOf(id)])).not.toMatch(/Passw0rd/);
    Logger.overrideLogger(false);
    await app.test.db.query('update server_host set registered = 0 where server_id = ?', [id]);
  });
}
