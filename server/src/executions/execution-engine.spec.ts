import { describe, expect, it } from '@jest/globals';
import { ExecutionEngine } from './execution-engine.service.js';

describe('the engine', () => {
  it('begins each round with another execution: one that a silent cluster holds up keeps none from its turn', async () => {
    const looked: string[] = [];
    const repository = {
      openIds: async () => ['silent', 'waiting', 'other'],
      one: async (id: string) => {
        looked.push(id);
        return null;
      },
    };
    const leases = { take: async () => ({ name: 'dr-executions', holder: 'me', epoch: 1n }) };
    const none = {} as never;
    const engine = new ExecutionEngine(repository as never, none, none, none, leases as never, none, none);
    for (let round = 0; round < 3; round += 1) await engine.run();
    expect([looked[0], looked[3], looked[6]]).toEqual(['silent', 'waiting', 'other']);
    expect(new Set(looked.slice(0, 3)).size).toBe(3);
  });
});
