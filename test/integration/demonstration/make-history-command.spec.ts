import { afterEach, describe, expect, it } from '@jest/globals';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ApplicationModule } from '../../../server/src/application.module.js';
import { DemonstrationModule } from '../../../server/src/demonstration/demonstration.module.js';
import { DemonstrationLoader } from '../../../server/src/demonstration/demonstration-loader.js';
import { HistoryLoader } from '../../../server/src/demonstration/history/history-loader.js';
import { makeHistoryCommand } from '../../../server/src/demonstration/history/make-history-command.js';
import { entities } from '../../../server/src/entities.js';
import { systemClock } from '../../../server/src/kernel/clock.js';
import { readConfiguration } from '../../../server/src/platform/config/configuration.js';
import { newKeyRing } from '../../../server/src/platform/crypto/key-file.js';
import { SoftwareCrypto } from '../../../server/src/platform/crypto/software-crypto.js';
import { openTestDatabase, type TestDatabase } from '../../support/database.ts';

const WANTED = { seed: 7, machines: 4_000, months: 6 };

let test: TestDatabase;
let context: INestApplicationContext;
afterEach(async () => {
  await context.close();
  await test.close();
});

async function open(mode: 'DEMO' | 'PRODUCTION' = 'DEMO') {
  test = await openTestDatabase(entities);
  context = await NestFactory.createApplicationContext(
    ApplicationModule.of({
      ground: {
        configuration: { ...readConfiguration({ JIYUN_LOG_LEVEL: 'silent' }), mode },
        db: test.db,
        crypto: new SoftwareCrypto(newKeyRing(), 1_000),
        clock: systemClock,
      },
      demonstration: null,
      parts: [{ module: DemonstrationModule }],
    }),
    { logger: false, abortOnError: false },
  );
  return { province: context.get(DemonstrationLoader), history: context.get(HistoryLoader) };
}

describe('jiyun history make', () => {
  it('makes province and past into an empty database, with progress and figures', async () => {
    const loaders = await open();
    const lines: string[] = [];
    expect(await makeHistoryCommand(loaders, (line) => lines.push(line), WANTED)).toBe(0);
    expect(lines[0]).toBe('The made-up province of seed 7 is there; its past of 6 months follows.');
    expect(lines).toContain('100 %  part 2 of 2');
    const [{ requests, machines }] = await test.db.query(
      'select (select count(*) from request) as requests, (select count(*) from resource) as machines',
    );
    expect(Number(machines)).toBeGreaterThan(WANTED.machines * 0.8);
    expect(lines).toContain(`${requests} requests written by this run.`);
    expect(lines.map((line) => line.trim().replace(/ +/g, ' '))).toEqual(
      expect.arrayContaining([`${requests} requests`, `${machines} machines, given back ones too`]),
    );
    expect(await loaders.province.there()).toEqual({ seed: 7, machines: WANTED.machines });
  });

  it('goes on where it ended, and never adds to another past or another province', async () => {
    const loaders = await open();
    const killed = makeHistoryCommand(
      loaders,
      (line) => {
        if (line.includes('part 1 of')) throw new Error('killed');
      },
      WANTED,
    );
    await expect(killed).rejects.toThrow('killed');
    const count = async () => Number((await test.db.query('select count(*) as n from request'))[0].n);
    expect(await count()).toBe(500);
    await expect(makeHistoryCommand(loaders, () => undefined, { ...WANTED, months: 12 })).rejects.toThrow(
      'holds a made-up province already (seed 7, 4000 machines, 6 months)',
    );
    expect(await makeHistoryCommand(loaders, () => undefined, WANTED)).toBe(0);
    const whole = await count();
    expect(whole).toBeGreaterThan(500);
    const again: string[] = [];
    expect(await makeHistoryCommand(loaders, (line) => again.push(line), WANTED)).toBe(0);
    expect(again[0]).toBe('0 requests written by this run.');
    expect(await count()).toBe(whole);
  });

  it('is for demonstrations only, and for a database without anything else', async () => {
    const earnest = await open('PRODUCTION');
    await expect(makeHistoryCommand(earnest, () => undefined, WANTED)).rejects.toThrow('JIYUN_MODE=demo only');
    await context.close();
    await test.close();
    const demo = await open();
    await demo.province.load(1, 0);
    await expect(makeHistoryCommand(demo, () => undefined, WANTED)).rejects.toThrow('already without a past');
  });
});
