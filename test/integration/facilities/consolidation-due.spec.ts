import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { ConsolidationService } from '../../../server/src/facilities/consolidation.service.js';
import { openTestApplication, type TestApplication } from '../../support/application.ts';

const worker = { userId: null, name: '集云', departmentId: null, address: null, traceId: 'x' };
let now = new Date('2026-12-30T15:59:59Z');
let app: TestApplication;
let consolidation: ConsolidationService;
beforeAll(async () => {
  app = await openTestApplication({ now: () => now });
  consolidation = app.context.get(ConsolidationService, { strict: false });
});
afterAll(() => app.close());

it('keeps the year\u2019s count on its last day in Shanghai, once, whoever works at that moment', async () => {
  expect(await consolidation.takeDue(worker)).toBe(false);
  now = new Date('2026-12-30T16:00:00Z');
  const rounds = await Promise.all(Array.from({ length: 8 }, () => consolidation.takeDue(worker)));
  expect(rounds.filter(Boolean)).toHaveLength(1);
  expect(await consolidation.count(2026)).toMatchObject({ takenBy: '集云', takenAt: now, clouds: [] });
  expect(await consolidation.takeDue(worker)).toBe(false);
});

it('catches up in the first week of the next year, and not later', async () => {
  now = new Date('2028-01-07T12:00:00Z');
  expect(await consolidation.takeDue(worker)).toBe(true);
  expect(await consolidation.count(2027)).toMatchObject({ takenBy: '集云' });
  now = new Date('2029-01-07T16:00:00Z');
  expect(await consolidation.takeDue(worker)).toBe(false);
  expect(await consolidation.count(2028)).toBeNull();
});
