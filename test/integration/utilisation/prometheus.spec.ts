import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ANSWER_BYTES_MAX, PrometheusMetrics } from '../../../server/src/kubernetes/prometheus.js';
import { ConfigurationError, readConfiguration } from '../../../server/src/platform/config/configuration.js';

const FROM = new Date('2026-11-28T04:00:00.000Z');
const TO = new Date('2026-11-28T05:00:00.000Z');
const MATRIX = { status: 'success', data: { resultType: 'matrix', result: [] } };

describe('a Prometheus with an address of its own', () => {
  const directory = mkdtempSync(join(tmpdir(), 'jiyun-prometheus-'));
  const tokenPath = join(directory, 'token');
  const asked: { path: string; authorization: string | undefined }[] = [];
  let answer: (request: IncomingMessage, response: ServerResponse) => void;
  const server = createServer((request, response) => {
    asked.push({ path: request.url ?? '', authorization: request.headers.authorization });
    answer(request, response);
  });
  let url: string;
  const range = (more: { tokenPath?: string | null; url?: string } = {}) =>
    new PrometheusMetrics({ by: 'URL', url, tokenPath: null, ...more }, () =>
      Promise.reject(new Error('not asked')),
    ).range('sum(up)', FROM, TO, 300);

  beforeAll(async () => {
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/prefix/`;
  });
  afterAll(async () => {
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
    rmSync(directory, { recursive: true, force: true });
  });

  it('is asked for the range, with the token as it is at that moment', async () => {
    answer = (_request, response) => response.end(JSON.stringify(MATRIX));
    for (const token of ['first\n', 'renewed']) {
      writeFileSync(tokenPath, token);
      expect(await range({ tokenPath })).toEqual(MATRIX);
    }
    await range();
    const path = `/prefix/api/v1/query_range?query=sum%28up%29&start=${FROM.getTime() / 1_000}&end=${TO.getTime() / 1_000}&step=300`;
    expect(asked).toEqual([
      { path, authorization: 'Bearer first' },
      { path, authorization: 'Bearer renewed' },
      { path, authorization: undefined },
    ]);
  });

  it('is not believed when it refuses, says no JSON, says too much, or is not there', async () => {
    answer = (_request, response) => response.writeHead(403).end('{}');
    await expect(range()).rejects.toMatchObject({ failureClass: 'PERMANENT', details: { status: 403 } });
    answer = (_request, response) => response.end('<html>');
    await expect(range()).rejects.toMatchObject({ name: 'ClusterFailure' });
    answer = (_request, response) => {
      // Never ends by itself: reading it stops where it is longer than any answer.
      const chunk = Buffer.alloc(1024 * 1024, ' ');
      const more = () => {
        while (!response.destroyed && response.write(chunk));
        response.once('drain', more);
      };
      more();
    };
    await expect(range()).rejects.toMatchObject({
      failureClass: 'PERMANENT',
      message: expect.stringContaining(String(ANSWER_BYTES_MAX)),
    });
    await expect(range({ url: 'http://127.0.0.1:1' })).rejects.toMatchObject({ name: 'ClusterFailure' });
    await expect(range({ tokenPath: join(directory, 'none') })).rejects.toMatchObject({ name: 'ClusterFailure' });
  });
});

describe('JIYUN_PROMETHEUS', () => {
  const KUBECONFIGS = 'center-a=/etc/a,center-b=/etc/b';
  const read = (JIYUN_PROMETHEUS: string) =>
    readConfiguration({ JIYUN_KUBECONFIGS: KUBECONFIGS, JIYUN_PROMETHEUS }, '/srv').clusters.map(
      ({ metrics }) => metrics ?? null,
    );

  it('names a service or an address of each center, or nothing', () => {
    expect(read('')).toEqual([null, null]);
    expect(read('center-b=monitoring/prometheus-k8s:9090')).toEqual([
      null,
      { by: 'CLUSTER', namespace: 'monitoring', service: 'prometheus-k8s:9090' },
    ]);
    expect(read('center-a=https://metrics.example:9090/p#token, center-b=http://10.0.0.1')).toEqual([
      { by: 'URL', url: 'https://metrics.example:9090/p', tokenPath: '/srv/token' },
      { by: 'URL', url: 'http://10.0.0.1', tokenPath: null },
    ]);
  });

  it.each([
    ['center-c=monitoring/prometheus:9090', /center-c, which JIYUN_KUBECONFIGS does not/],
    ['center-a=http://a,center-a=http://b', /center-a twice/],
    ['center-a=prometheus', /is not center-code=/],
    ['https://a', /is not center-code=/],
  ])('%s is refused', (value, problem) => {
    expect(() => read(value)).toThrow(ConfigurationError);
    expect(() => read(value)).toThrow(problem);
  });
});

describe('JIYUN_LIVE_RESIZE', () => {
  const read = (JIYUN_LIVE_RESIZE: string) =>
    readConfiguration({ JIYUN_KUBECONFIGS: 'center-a=/etc/a,center-b=/etc/b', JIYUN_LIVE_RESIZE }, '/srv').clusters.map(
      ({ updatesLive }) => updatesLive ?? false,
    );

  it('names the centers that give running machines another size; nobody else is believed to', () => {
    expect(read('')).toEqual([false, false]);
    expect(read(' center-b ')).toEqual([false, true]);
    expect(() => read('center-c')).toThrow(/center-c, which JIYUN_KUBECONFIGS does not/);
  });
});

describe('JIYUN_METRICS_API', () => {
  const read = (JIYUN_METRICS_API: string, JIYUN_PROMETHEUS = '') =>
    readConfiguration(
      { JIYUN_KUBECONFIGS: 'center-a=/etc/a,center-b=/etc/b', JIYUN_PROMETHEUS, JIYUN_METRICS_API },
      '/srv',
    ).clusters.map(({ metrics }) => metrics?.by ?? null);

  it('names the centers that tell by metrics.k8s.io; others keep their Prometheus', () => {
    expect(read('')).toEqual([null, null]);
    expect(read('center-b', 'center-a=http://a')).toEqual(['URL', 'METRICS_API']);
    expect(read(' center-a , center-b')).toEqual(['METRICS_API', 'METRICS_API']);
  });

  it.each([
    ['center-c', '', /center-c, which JIYUN_KUBECONFIGS does not/],
    ['center-a,center-a', '', /speaks already/],
    ['center-a', 'center-a=http://a', /speaks already/],
  ])('%s beside %s is refused', (centers, prometheus, problem) => {
    expect(() => read(centers, prometheus)).toThrow(problem);
  });
});
