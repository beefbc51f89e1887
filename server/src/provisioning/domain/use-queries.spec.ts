import { describe, expect, it } from '@jest/globals';
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
    expect(expressionOf('cpu', ['dept-fin', 'dept-tax'])).toBe(
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

  it('comes in pages of whole namespaces', () => {
    const of = (namespace: string, n: number) => Array.from({ length: n }, () => ({ namespace }));
    const pages = pagesOf([...of('b', 300), ...of('a', 150), ...of('c', 200), ...of('d', 900)]);
    expect(pages.map((page) => [...new Set(page.map((m) => m.namespace))].join())).toEqual(['a,b', 'c', 'd']);
    expect(pagesOf(Array.from({ length: 45 }, (_, n) => ({ namespace: `n${n}` }))).map((p) => p.length)).toEqual([
      20, 20, 5,
    ]);
    expect(pagesOf([])).toEqual([]);
  });
});
