import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ClusterFailure } from './cluster-failure.js';
import { expressionOf, pagesOf, pointsOf, readingsOf, SERIES_NAMES } from './use-queries.js';

const matrix = (result: readonly unknown[]) => ({ status: 'success', data: { resultType: 'matrix', result } });
const series = (name: string, values: readonly (readonly [number, string])[]) => ({
  metric: { namespace: 'dept-fin', name },
  values,
});
const machine = { resourceId: 'r1', namespace: 'dept-fin', name: 'vm-1', vcpu: 4, memoryMib: 8_192 };
type Answers = Parameters<typeof readingsOf>[1];
const answers = (some: Partial<Answers>) =>
  ({ ...Object.fromEntries(SERIES_NAMES.map((name) => [name, matrix([])])), ...some }) as Answers;

describe('what a Prometheus says of machines', () => {
  it('is asked for whole namespaces', () => {
    expect(expressionOf('cpu', { machines: [], namespaces: ['dept-fin', 'dept-tax'], endings: null })).toBe(
      'sum by (namespace, name) (rate(kubevirt_vmi_cpu_usage_seconds_total{namespace=~"dept-fin|dept-tax"}[10m]))',
    );
  });

  it('becomes shares of what each machine has', () => {
    const [reading, ...others] = readingsOf(
      [machine],
      answers({
        cpu: matrix([series('vm-1', [[1_700_000_100, '1']]), series('stranger', [[1_700_000_100, '4']])]),
        available: matrix([series('vm-1', [[1_700_000_100, '8000']])]),
        usable: matrix([series('vm-1', [[1_700_000_100, '6000']])]),
        netIn: matrix([series('vm-1', [[1_700_000_100, '1250.5']])]),
      }),
    );
    expect(others).toEqual([]);
    expect(reading).toEqual({
      resourceId: 'r1',
      size: { vcpu: 4, memoryMib: 8_192 },
      at: new Date(1_700_000_100_000),
      source: 'PROMETHEUS',
      values: { CPU: 2_500, MEMORY: 2_500, NET_IN: 1_250.5 },
    });
  });

  it('leaves out what it does not say: half a share, a whole of nothing, no number', () => {
    const said = readingsOf(
      [machine],
      answers({
        cpu: matrix([series('vm-1', [[1, 'NaN']])]),
        available: matrix([series('vm-1', [[1, '0']])]),
        usable: matrix([series('vm-1', [[1, '0']])]),
        diskUsed: matrix([series('vm-1', [[1, '5']])]),
      }),
    );
    expect(said.map(({ values }) => values)).toEqual([{}]);
  });

  it('is refused when it is none', () => {
    for (const wrong of [undefined, 'x', { status: 'error', error: 'bad' }, { status: 'success', data: {} }])
      expect(() => pointsOf(wrong)).toThrow(ClusterFailure);
    expect(pointsOf(matrix([{}, { metric: { namespace: 'a', name: 'b' }, values: [null, ['x', '1'], [1]] }]))).toEqual(
      [],
    );
  });

  const of = (namespace: string, n: number) =>
    Array.from({ length: n }, (_, at) => ({ namespace, name: `budget-${String(at).padStart(6, '0')}` }));

  it('comes in pages of whole namespaces', () => {
    const pages = pagesOf([...of('b', 300), ...of('a', 150), ...of('c', 200), ...of('d', 90)]);
    expect(pages.map(({ namespaces }) => namespaces.join())).toEqual(['a,b', 'c,d']);
    expect(pages.every(({ endings }) => endings === null)).toBe(true);
    const small = Array.from({ length: 45 }, (_, n) => ({ namespace: `n${n}`, name: 'one' }));
    expect(pagesOf(small).map(({ machines }) => machines.length)).toEqual([20, 20, 5]);
    expect(pagesOf([])).toEqual([]);
  });

  it('parts a namespace of more machines than a page by how their names end', () => {
    const pages = pagesOf([...of('a', 10), ...of('big', 1_200), ...of('z', 10)]);
    expect(pages.map(({ machines, namespaces }) => [namespaces.join(), machines.length])).toEqual([
      ['a', 10],
      ['big', 480],
      ['big', 480],
      ['big', 240],
      ['z', 10],
    ]);
    expect(expressionOf('available', pages[1] as (typeof pages)[number])).toBe(
      'sum by (namespace, name) (kubevirt_vmi_memory_available_bytes{namespace=~"big",name=~".*(?:0|1|2|3)"})',
    );
  });

  it('takes a dot in a name for a dot', () => {
    expect(expressionOf('available', { machines: [], namespaces: ['a'], endings: ['.b'] })).toContain('(?:\\\\.b)');
  });

  it('asks for each machine exactly once, and never for too many at once, whatever they are called', () => {
    const letter = fc.constantFrom('0', '1', 'a', '.');
    const name = fc.array(letter, { minLength: 1, maxLength: 9 }).map((letters) => letters.join(''));
    const machine = fc.record({ namespace: fc.constantFrom('a', 'b', 'c'), name });
    const many = fc.uniqueArray(machine, {
      selector: ({ name: of, namespace }) => `${namespace}/${of}`,
      minLength: 1_000,
      maxLength: 1_500,
      size: 'max',
    });
    fc.assert(
      fc.property(many, (machines) => {
        const pages = pagesOf(machines).map((page) => {
          expect(page.machines.length).toBeLessThanOrEqual(500);
          // As Prometheus reads it.
          const among = page.endings?.map((ending) => ending.replaceAll('.', '\\.')).join('|');
          const names = new RegExp(among === undefined ? '' : `^.*(?:${among})$`);
          return { ...page, names, has: new Set(page.machines) };
        });
        const asking = machines.map((one) =>
          pages.filter(({ names, namespaces }) => namespaces.includes(one.namespace) && names.test(one.name)),
        );
        expect(
          asking.every((all, at) => all.length === 1 && all[0]?.has.has(machines[at] as (typeof machines)[number])),
        ).toBe(true);
      }),
      { numRuns: 5 },
    );
  });
});
