import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { handedOver } from './by-hand.js';
import { INSTRUCTION_LENGTH_MAX } from './runbook.js';
import { startOrder, tierOfLine } from './start-order.js';

const tier = (name: string, dataKind = 'STATELESS') => ({ id: name, name, dataKind });

describe('the order of starting', () => {
  it('is the runbook’s, with what must answer before the next; then data, then what stands upon it', () => {
    const tiers = [tier('前端'), tier('应用'), tier('文件', 'SINGLE_WRITER'), tier('数据库', 'SINGLE_WRITER')];
    const order = startOrder(tiers, ['数据库 tcp://10.0.0.5:5432', '应用 https://10.0.0.6/healthz']);
    expect(order.map(({ probe, tier: { name } }) => [name, probe])).toEqual([
      ['数据库', 'tcp://10.0.0.5:5432'],
      ['应用', 'https://10.0.0.6/healthz'],
      ['文件', null],
      ['前端', null],
    ]);
  });

  it('is of every tier once, whatever the runbook names', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.string({ minLength: 1 }), { maxLength: 8 }),
        fc.array(fc.string()),
        (names, lines) => {
          const order = startOrder(
            names.map((name) => tier(name)),
            lines,
          );
          expect(order.map(({ tier: { name } }) => name).toSorted()).toEqual(names.toSorted());
        },
      ),
    );
  });

  it('takes a name with spaces, and refuses an address that nobody could ask', () => {
    expect(tierOfLine(' web  front ')).toEqual({ name: 'web  front', probe: null });
    expect(tierOfLine('数据 库 tcp://[2001:db8::5]:3306')).toEqual({
      name: '数据 库',
      probe: 'tcp://[2001:db8::5]:3306',
    });
    for (const line of [
      '数据库 tcp://10.0.0.5',
      '数据库 ssh://10.0.0.5:22',
      '数据库 tcp://10.0.0.5:5432/x',
      ' http://x',
    ])
      expect([line, tierOfLine(line)]).toEqual([
        line,
        line === ' http://x' ? { name: 'http://x', probe: null } : undefined,
      ]);
  });
});

describe('what the console cannot start', () => {
  const machine = (name: string) => ({ id: name, name, objectNamespace: 'dept-x', objectName: `vm-${name}` });

  it('is handed over with the command for each', () => {
    const { instruction, machineIds } = handedOver('B 中心', '数据库', [
      { machine: machine('db-1'), why: 'REFUSED', said: 'forbidden' },
      { machine: machine('db-2'), why: 'NOT_FOUND', said: null },
      { machine: machine('db-3'), why: 'NOT_IN_CLUSTER', said: null },
    ]);
    expect(instruction).toContain(
      `kubectl patch vm -n dept-x vm-db-1 --type=merge -p '{"spec":{"runStrategy":"Always","running":null}}'`,
    );
    expect(instruction).toContain('forbidden');
    expect(instruction).toContain('virtctl start -n dept-x vm-db-2');
    expect(machineIds).toEqual(['db-1', 'db-2', 'db-3']);
  });

  it('never cuts a command: what does not fit is handed over next, and nobody is passed over', () => {
    const all = Array.from({ length: 60 }, (_, at) => ({
      machine: machine(`m${at}`),
      why: 'REFUSED' as const,
      said: null,
    }));
    const told: string[] = [];
    for (let left = all; left.length > 0; left = left.filter(({ machine: { id } }) => !told.includes(id))) {
      const { instruction, machineIds } = handedOver('B', '数据库', left);
      expect(instruction.length).toBeLessThanOrEqual(INSTRUCTION_LENGTH_MAX);
      const commands = instruction.split('\n').filter((line) => line.startsWith('kubectl '));
      expect(commands.every((line) => line.endsWith("}'"))).toBe(true);
      expect(commands.length).toBe(machineIds.length);
      told.push(...machineIds);
    }
    expect(told.length).toBe(60);
  });
});
