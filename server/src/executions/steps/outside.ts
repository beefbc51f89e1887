import { connect } from 'node:net';
import { type Bilingual, say } from '../../kernel/bilingual.js';
import { type StepHandler, type StepLook, StepRefused, type StepWorld } from '../step-handlers.service.js';

/** One answer; what takes longer is asked again at the next look. */
const ANSWER_WITHIN_MS = 5_000;

/** How something outside is asked; tests give their own. */
export interface Outside {
  request(
    url: string,
    order: { readonly method: 'GET' | 'POST'; readonly body?: string; readonly headers?: Record<string, string> },
  ): Promise<{ readonly status: number }>;
  /** Throws where nothing listens. */
  dial(host: string, port: number): Promise<void>;
}

/** No redirect is followed: a probe that lands somewhere else has not found what it asked for. */
export const outside: Outside = {
  async request(url, { body, headers, method }) {
    const signal = AbortSignal.timeout(ANSWER_WITHIN_MS);
    const answer = await fetch(url, { method, headers, body, signal, redirect: 'manual' } as RequestInit);
    await answer.body?.cancel();
    return { status: answer.status };
  },
  dial(host, port) {
    return new Promise((resolve, reject) => {
      const socket = connect({ host, port });
      socket.setTimeout(ANSWER_WITHIN_MS, () => socket.destroy(new Error('no answer')));
      socket.once('error', reject);
      socket.once('connect', () => {
        socket.destroy();
        resolve();
      });
    });
  },
};

/** Asked once; null = it has answered, else what it said. */
export async function unanswered(net: Outside, target: string): Promise<Bilingual | null> {
  try {
    if (target.startsWith('tcp:')) {
      const { hostname, port } = new URL(target);
      await net.dial(hostname.replace(/^\[|\]$/g, ''), Number(port));
      return null;
    }
    const { status } = await net.request(target, { method: 'GET' });
    return status >= 200 && status < 300 ? null : say(`${target} 应答 ${status}`, `${target} answers ${status}`);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return say(`${target} 没有应答：${why}`, `${target} does not answer: ${why}`);
  }
}

/** 从外部探测. */
export class Probe implements StepHandler {
  constructor(private readonly net: Outside) {}

  async look({ step }: StepWorld): Promise<StepLook> {
    const { url = '' } = step.params;
    const note = await unanswered(this.net, url);
    return note === null ? { done: true, output: { url, answered: true } } : { done: false, note };
  }
}

/** 切换访问流量: whoever keeps DNS or load balancer is told, once as often as it takes: the key is the same each time. */
export class SwitchTraffic implements StepHandler {
  constructor(private readonly net: Outside) {}

  async look({ execution, ground, step }: StepWorld): Promise<StepLook> {
    const { back = false, url } = step.params;
    if (!url) throw new StepRefused(say('没有切换接口地址', 'There is no address to call'));
    const code = (id: string) => ground.centers.find((one) => one.id === id)?.code ?? null;
    const [from, to] = back
      ? [execution.toCenterId, execution.fromCenterId]
      : [execution.fromCenterId, execution.toCenterId];
    const body = JSON.stringify({
      ...{ execution: execution.code, group: execution.groupName, epoch: execution.epoch },
      ...{ from: code(from), to: code(to) },
    });
    const headers = { 'content-type': 'application/json', 'idempotency-key': `${execution.code}-${step.number}` };
    const { status } = await this.net.request(url, { method: 'POST', body, headers });
    if (status < 200 || status >= 300)
      throw new StepRefused(say(`切换接口应答 ${status}`, `The address that leads the traffic over answers ${status}`));
    return { done: true, output: { url, status, to: code(to) } };
  }
}
