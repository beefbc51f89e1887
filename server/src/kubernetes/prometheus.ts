import { readFile } from 'node:fs/promises';
import { request } from 'undici';
import type { MetricsAccess } from '../platform/config/configuration.js';
import { ClusterFailure } from '../provisioning/domain/cluster-failure.js';
import type { MetricsSource, UseQuestion } from '../provisioning/domain/ports.js';
import {
  expressionOf,
  type MachineReading,
  readingsOf,
  SERIES_NAMES,
  type SeriesName,
} from '../provisioning/domain/use-queries.js';
import { boundedText } from './bounded-text.js';
import { refusalOf, unreachable } from './kube-errors.js';
import type { Call } from './transport.js';

/** A range of hours over hundreds of machines; Prometheus itself gives up after two minutes. */
const DEADLINE_MS = 30_000;
/** Ten times the largest page that is asked for (provisioning/domain/use-queries.ts). */
export const ANSWER_BYTES_MAX = 16 * 1024 * 1024;
const WHAT = 'use of machines';

type PrometheusAccess = Exclude<MetricsAccess, { readonly by: 'METRICS_API' }>;

/** A center's Prometheus, with KubeVirt's own metrics: what guests use, hours back. */
export class PrometheusMetrics implements MetricsSource {
  constructor(
    private readonly access: PrometheusAccess,
    /** A call to the center's own API server, which passes it on to the service. */
    private readonly send: (call: Call) => Promise<unknown>,
  ) {}

  async readings({ page, from, to, stepSeconds, stillMay }: UseQuestion): Promise<readonly MachineReading[]> {
    const answers: Partial<Record<SeriesName, unknown>> = {};
    for (const series of SERIES_NAMES) {
      stillMay();
      answers[series] = await this.range(expressionOf(series, page), from, to, stepSeconds);
    }
    return readingsOf(page.machines, answers as Record<SeriesName, unknown>);
  }

  /** Its whole answer as it gave it. Throws ClusterFailure; bounded in time and size. */
  range(expression: string, from: Date, to: Date, stepSeconds: number): Promise<unknown> {
    const query = {
      query: expression,
      start: String(from.getTime() / 1_000),
      end: String(to.getTime() / 1_000),
      step: String(stepSeconds),
    };
    if (this.access.by === 'URL') return byUrl(this.access, query);
    const { namespace, service } = this.access;
    const path = `/api/v1/namespaces/${namespace}/services/${service}/proxy/api/v1/query_range`;
    return this.send({ method: 'GET', path, query, what: WHAT, deadlineMs: DEADLINE_MS, bytesMax: ANSWER_BYTES_MAX });
  }
}

async function byUrl(
  { url, tokenPath }: Extract<MetricsAccess, { readonly by: 'URL' }>,
  query: Readonly<Record<string, string>>,
): Promise<unknown> {
  try {
    // Read each time: such tokens are renewed in place.
    const token = tokenPath === null ? null : (await readFile(tokenPath, 'utf8')).trim();
    const address = `${url.replace(/\/$/, '')}/api/v1/query_range?${new URLSearchParams(query).toString()}`;
    const { statusCode, body } = await request(address, {
      signal: AbortSignal.timeout(DEADLINE_MS),
      headers: { accept: 'application/json', ...(token === null ? {} : { authorization: `Bearer ${token}` }) },
    });
    const text = await boundedText(body, ANSWER_BYTES_MAX, WHAT);
    if (statusCode >= 300) throw refusalOf(WHAT, { status: statusCode, body: text }, new Date());
    return JSON.parse(text) as unknown;
  } catch (error) {
    if (error instanceof ClusterFailure) throw error;
    throw unreachable(WHAT, error);
  }
}
