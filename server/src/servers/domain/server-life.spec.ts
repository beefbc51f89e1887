import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { offeredActions } from './life-act.js';
import { matchBySerial, normalSerial } from './match-serial.js';
import { builds, CPU_MAKER_FACTS, CPU_MAKERS } from './processor.js';
import { isUsed, SERVER_ACTIONS, SERVER_STATES, stateAfter, statesBefore, UNUSED, useAfter } from './server-state.js';

describe('the table of a server’s life', () => {
  it('lets a free server be held by one only, and nothing leave the end of its life', () => {
    expect(statesBefore('HOLD')).toEqual(['FREE']);
    expect(statesBefore('RETIRE')).not.toContain('IN_USE');
    expect(statesBefore('RETIRE')).not.toContain('HELD');
    for (const move of ['RECEIVE', 'HOLD', 'RETIRE', 'START_MAINTENANCE'] as const)
      expect(stateAfter({ ...UNUSED, state: 'RETIRED' }, move)).toBeUndefined();
  });

  it('sends a used server through cleaning before anybody else may have it', () => {
    expect(stateAfter({ ...UNUSED, departmentId: 'd', state: 'IN_USE' }, 'RETURN')).toBe('CLEANING');
    expect(stateAfter({ ...UNUSED, state: 'CLEANING' }, 'HOLD')).toBeUndefined();
    expect(stateAfter({ ...UNUSED, departmentId: 'd', state: 'MAINTENANCE' }, 'FINISH_MAINTENANCE')).toBeUndefined();
    expect(stateAfter({ ...UNUSED, departmentId: 'd', state: 'MAINTENANCE' }, 'RETIRE')).toBeUndefined();
  });

  it('leaves no user with a server that nobody uses', () => {
    const use = { departmentId: 'd', systemId: 's', poolId: null };
    for (const state of SERVER_STATES)
      expect(useAfter(state, use)).toEqual(state === 'IN_USE' || state === 'MAINTENANCE' ? use : UNUSED);
  });
});

describe('what is offered', () => {
  const living = fc
    .record({ state: fc.constantFrom(...SERVER_STATES), use: fc.constantFrom('d', 'p', null), poolThere: fc.boolean() })
    .map(({ state, use, poolThere }) => ({
      server: {
        state,
        departmentId: use === 'd' ? 'd' : null,
        systemId: null,
        poolId: use === 'p' ? 'p' : null,
      },
      poolThere,
    }));

  it('is every act of the table, open when the table and the pools allow it, else with what stands in the way', () => {
    fc.assert(
      fc.property(living, ({ server, poolThere }) => {
        const offered = new Map(offeredActions(server, poolThere).map((offer) => [offer.action, offer.because]));
        for (const action of SERVER_ACTIONS) {
          const legal = stateAfter(server, action) !== undefined && (action !== 'GIVE_TO_POOL' || poolThere);
          expect(offered.get(action) === null).toBe(legal);
          if (stateAfter(server, action) !== undefined) expect(offered.has(action)).toBe(true);
        }
      }),
    );
  });

  it('leaves nothing to press at the end of a life, and only there', () => {
    for (const state of SERVER_STATES)
      expect(offeredActions({ ...UNUSED, state }, true).length > 0).toBe(state !== 'RETIRED');
  });

  it('says of a server under repair why it does not become free while it has a user', () => {
    const used = { ...UNUSED, departmentId: 'd', state: 'MAINTENANCE' as const };
    expect(isUsed(used)).toBe(true);
    const words = offeredActions(used, true).map(({ action, because }) => [action, because?.zh ?? null]);
    expect(words).toEqual([
      ['RESUME_USE', null],
      ['FINISH_MAINTENANCE', '仍有使用方，维修完毕后恢复使用'],
      ['RETIRE', '仍有使用方：恢复使用并退还后才能退役'],
    ]);
  });
});

describe('makers of processors', () => {
  it('each build something, and the domestic ones are marked', () => {
    for (const maker of CPU_MAKERS) expect(CPU_MAKER_FACTS[maker].architectures.length).toBeGreaterThan(0);
    expect(CPU_MAKERS.filter((maker) => !CPU_MAKER_FACTS[maker].domestic)).toEqual(['INTEL', 'AMD']);
    expect(builds('HYGON', 'ARM64')).toBe(false);
  });
});

describe('matchBySerial', () => {
  const serial = fc.constantFrom('SN1', 'sn2', ' SN3 ', 'SN4', '', 'None', 'To be filled by O.E.M.');
  const host = fc.record({ namespace: fc.constantFrom('a', 'b'), name: fc.constantFrom('h1', 'h2', 'h3'), serial });

  it('binds every server and every host at most once, and only where the serial numbers are one', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(host, { selector: (h) => `${h.namespace}/${h.name}` }),
        fc.subarray(['SN1', 'SN2', 'SN3', 'SN4']),
        (hosts, serials) => {
          const servers = serials.map((own) => ({ id: `id-${own}`, serial: own, host: null }));
          const match = matchBySerial(servers, hosts);
          const hostNames = match.bind.map((b) => `${b.host.namespace}/${b.host.name}`);
          expect(new Set(hostNames).size).toBe(hostNames.length);
          expect(new Set(match.bind.map((b) => b.serverId)).size).toBe(match.bind.length);
          for (const { serverId, host: bound } of match.bind) {
            const reporting = hosts.filter((h) => normalSerial(h.serial) === serverId.slice(3));
            expect(reporting).toEqual([expect.objectContaining(bound)]);
          }
          // Every server is bound, without host, or one of several that its serial number names.
          const ambiguous = new Set(match.ambiguous.map((a) => `id-${a.serial}`));
          for (const { id } of servers)
            expect(
              [
                match.bind.some((b) => b.serverId === id),
                match.serversWithoutHost.includes(id),
                ambiguous.has(id),
              ].filter(Boolean),
            ).toHaveLength(1);
        },
      ),
    );
  });

  it('takes no placeholder of the firmware for a number', () => {
    for (const text of ['', ' 0 ', 'Default string', 'Not Specified', null]) expect(normalSerial(text)).toBeNull();
  });
});
