import { readFile } from 'node:fs/promises';
import { request } from 'undici';
import type { MetricsAccess } from '../platform/config/configuration.js';
import { ClusterFailure } from '../provisioning/domain/cluster-failure.js';
import type { MetricsSource } from '../provisioning/domain/ports.js';
import { boundedText } from './bounded-text.js';
import { refusalOf, unreachable } from './kube-errors.js';
import type { Call } from './transport.js';

/** A range of hours over hundreds of machines; Prometheus itself gives up after two minutes. */
const DEADLINE_MS = 30_000;
/** Ten times the largest page that is asked for (provisioning/domain/use-queries.ts). */
export const ANSWER_BYTES_MAX = 16 * 1024 * 1024;
const WHAT = 'use of machines';

/** @param send a call to the center's own API server, which passes it on to the service. */
export function prometheusOf(access: MetricsAccess, send: (call: Call) => Promise<unknown>): MetricsSource {
  return {
    range: (expression, from, to, stepSeconds) => {
      const query = {
        query: expression,
        start: String(from.getTime() / 1_000),
        end: String(to.getTime() / 1_000),
        step: String(stepSeconds),
      };
      if (access.by === 'URL') return byUrl(access, query);
      const { namespace, service } = access;
      const path = `/api/v1/namespaces/${namespace}/services/${service}/proxy/api/v1/query_range`;
      return send({ method: 'GET', path, query, what: WHAT, deadlineMs: DEADLINE_MS, bytesMax: ANSWER_BYTES_MAX });
    },
  };
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
