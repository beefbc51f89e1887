import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { handedOver, INSTRUCTION_EN_LENGTH_MAX } from './by-hand.js';
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
  const commandsOf = (text: string) => text.split('\n').filter((line) => /^(kubectl|virtctl) /.test(line));
  const machine = (name: string) => ({ id: name, name, objectNamespace: 'dept-x', objectName: `vm-${name}` });

  it('is handed over with the command for each', () => {
    const { instruction, machineIds } = handedOver('B 中心', '数据库', [
      { machine: machine('db-1'), why: 'REFUSED', said: 'forbidden' },
      { machine: machine('db-2'), why: 'NOT_FOUND', said: null },
      { machine: machine('db-3'), why: 'NOT_IN_CLUSTER', said: null },
    ]);
    expect(instruction.zh).toContain(
      `kubectl patch vm -n dept-x vm-db-1 --type=merge -p '{"spec":{"runStrategy":"Always","running":null}}'`,
    );
    expect(instruction.zh).toContain('forbidden');
    expect(instruction.zh).toContain('virtctl start -n dept-x vm-db-2');
    // Whoever reads English runs the same commands.
    expect(commandsOf(instruction.en)).toEqual(commandsOf(instruction.zh));
    expect(instruction.en).toContain('The console cannot start 3 machines of the tier 数据库 in B 中心');
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
      expect(instruction.zh.length).toBeLessThanOrEqual(INSTRUCTION_LENGTH_MAX);
      expect(instruction.en.length).toBeLessThanOrEqual(INSTRUCTION_EN_LENGTH_MAX);
      const commands = commandsOf(instruction.zh);
      expect(commandsOf(instruction.en)).toEqual(commands);
      expect(commands.every((line) => line.endsWith("}'"))).toBe(true);
      expect(commands.length).toBe(machineIds.length);
      told.push(...machineIds);
    }
    expect(told.length).toBe(60);
  });
});
