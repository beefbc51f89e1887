import { Resolver } from 'node:dns/promises';
import { connect as connectTcp } from 'node:net';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import { Agent, request } from 'undici';
import { hostPort } from '../domain/probes/host-port.js';
import type { ProbeSettings } from '../domain/probes/probe.js';
import type { ProbeAnswer } from '../domain/probes/probe-reading.js';
import type { Dialling } from './dialling.js';

/** One way of asking: one class, one method. A throw is "no answer", and the round says so in words. */
export interface ProbeAdapter {
  ask(probe: ProbeSettings & { readonly id: string }, secret: string | null): Promise<ProbeAnswer>;
}

/** Of an answer's body so much is let go by; only its status is the answer. */
const BODY_BYTES_MAX = 64 * 1024;
const DAY_MS = 86_400_000;

const place = (text: string) => {
  const found = hostPort(text);
  if (!found) throw new Error(`${text} is not host:port`);
  return found;
};

/** Asks as a browser would, follows no redirect, and reads nothing but the status. */
export class HttpProbe implements ProbeAdapter {
  constructor(private readonly dialling: Dialling) {}

  async ask({ expect, family, target, timeoutMs }: ProbeSettings): Promise<ProbeAnswer> {
    const { lookup } = await this.dialling.resolve(new URL(target).hostname, family);
    const agent = new Agent({ connect: { lookup, timeout: timeoutMs }, pipelining: 0 });
    try {
      const answer = await request(target, {
        method: 'GET',
        dispatcher: agent,
        headersTimeout: timeoutMs,
        bodyTimeout: timeoutMs,
        signal: AbortSignal.timeout(timeoutMs),
        headers: { 'user-agent': 'jiyun-probe' },
      });
      await answer.body.dump({ limit: BODY_BYTES_MAX }).catch(() => undefined);
      const status = answer.statusCode;
      const ok = expect === null ? status >= 200 && status < 300 : String(status) === expect;
      return { kind: 'SERVICE', ok, detail: `HTTP ${status}` };
    } finally {
      await agent.destroy();
    }
  }
}

export class TcpProbe implements ProbeAdapter {
  constructor(private readonly dialling: Dialling) {}

  async ask({ family, target, timeoutMs }: ProbeSettings): Promise<ProbeAnswer> {
    const { host, port } = place(target);
    const { address } = await this.dialling.resolve(host, family);
    await new Promise<void>((resolve, reject) => {
      const socket = connectTcp({ host: address, port });
      socket.setTimeout(timeoutMs, () => socket.destroy(new Error(`no answer within ${timeoutMs} ms`)));
      socket.once('error', reject);
      socket.once('connect', () => {
        socket.destroy();
        resolve();
      });
    });
    return { kind: 'SERVICE', ok: true, detail: `${address}:${port}` };
  }
}

/** Whether it shakes hands, and how many days its certificate holds; whether it is trusted by this host says nothing of its users. */
export class TlsProbe implements ProbeAdapter {
  constructor(private readonly dialling: Dialling) {}

  async ask({ expect, family, target, timeoutMs }: ProbeSettings): Promise<ProbeAnswer> {
    const { host, port } = place(target);
    const { address } = await this.dialling.resolve(host, family);
    const name = expect ?? host;
    const socket = await new Promise<TLSSocket>((resolve, reject) => {
      const made = connectTls({
        host: address,
        port,
        rejectUnauthorized: false,
        ...(/[a-z]/i.test(name) && !name.includes(':') ? { servername: name } : {}),
      });
      // Of the whole handshake: one that comes byte by byte is never idle.
      const timer = setTimeout(() => made.destroy(new Error(`no answer within ${timeoutMs} ms`)), timeoutMs);
      made.once('close', () => clearTimeout(timer));
      made.once('error', reject);
      made.once('secureConnect', () => {
        clearTimeout(timer);
        resolve(made);
      });
    });
    try {
      const { subject, subjectaltname, valid_to: until } = socket.getPeerCertificate();
      const days = Math.floor((Date.parse(until) - Date.now()) / DAY_MS);
      if (!Number.isFinite(days)) throw new Error('its certificate says no end');
      const named = expect === null || holdsFor(expect, subjectaltname, String(subject?.CN ?? ''));
      return {
        ...{ kind: 'SERVICE', ok: named && days >= 0, certificateDays: days },
        detail: named ? `${socket.getProtocol()} ${until}` : `the certificate is not of ${expect}`,
      };
    } finally {
      socket.destroy();
    }
  }
}

function holdsFor(name: string, alternatives: string | undefined, common: string): boolean {
  const names = (alternatives ?? '').split(/,\s*/).flatMap((one) => (one.startsWith('DNS:') ? [one.slice(4)] : []));
  return (names.length > 0 ? names : [common]).some(
    (one) =>
      one.toLowerCase() === name.toLowerCase() ||
      (one.startsWith('*.') && name.slice(name.indexOf('.')) === one.slice(1)),
  );
}

/** Asks the given name server, which should be the authoritative one: a cache tells what is left of the TTL. */
export class DnsProbe implements ProbeAdapter {
  constructor(private readonly dialling: Dialling) {}

  async ask({ expect, family, server, target, timeoutMs }: ProbeSettings): Promise<ProbeAnswer> {
    const resolver = new Resolver({ timeout: timeoutMs, tries: 1 });
    if (server !== null) {
      const { host, port } = place(server);
      const { address, family: of } = await this.dialling.resolve(host, 'ANY');
      resolver.setServers([of === 6 ? `[${address}]:${port}` : `${address}:${port}`]);
    }
    const asked = [
      ...(family === 'IPV6' ? [] : [resolver.resolve4(target, { ttl: true })]),
      ...(family === 'IPV4' ? [] : [resolver.resolve6(target, { ttl: true })]),
    ];
    const answers = await Promise.allSettled(asked);
    const records = answers.flatMap((one) => (one.status === 'fulfilled' ? one.value : []));
    const failed = answers.find((one) => one.status === 'rejected');
    if (records.length === 0) throw failed?.reason ?? new Error(`no address of ${target}`);
    const ok = expect === null || records.some(({ address }) => address === expect);
    return {
      ...{ kind: 'SERVICE', ok, ttlSeconds: Math.max(...records.map(({ ttl }) => ttl)) },
      detail: records
        .map(({ address }) => address)
        .slice(0, 4)
        .join(', '),
    };
  }
}
