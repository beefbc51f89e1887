import { Inject, Injectable, Logger } from '@nestjs/common';
import { CLOCK, type Clock } from '../kernel/clock.js';
import { CONFIGURATION, type Configuration } from '../platform/config/configuration.js';
import { CRYPTO, type CryptoProvider } from '../platform/crypto/crypto-provider.js';
import { HeldLease } from '../platform/database/held-lease.js';
import { newId } from '../platform/database/ids.js';
import { Leases } from '../platform/database/lease.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import type { ProbeKind } from './domain/probes/probe.js';
import { isOfData } from './domain/probes/probe.js';
import { type ProbeAnswer, readingsOf } from './domain/probes/probe-reading.js';
import { type DueProbe, ProbesRepository } from './probes.repository.js';
import { DnsProbe, HttpProbe, type ProbeAdapter, TcpProbe, TlsProbe } from './probing/adapters.js';
import { Dialling } from './probing/dialling.js';
import { RestReplicationProbe } from './probing/rest-adapter.js';
import { HeartbeatProbe, SqlReplicationProbe } from './probing/sql-adapters.js';
import { SignalWriting } from './signal-writing.service.js';

/** Longer than the slowest probe takes: ten seconds, at most four times in one, and what a name takes to become an address. */
const LEASE_LIFE_MS = 60_000;
/** A probe of data opens, writes and reads on two sides: each for its own limit. */
const STEPS_OF_DATA = 4;
/** Names are resolved by the system, which knows no limit of ours. */
const RESOLVING_MS = 2_000;
const PROBES_PER_ROUND = 64;
/** At the same time, so that what does not answer holds up nobody else. */
const PARALLEL = 16;
const DETAIL_LENGTH_MAX = 200;

/** What a probe's password is sealed for. */
export const probeSecretContext = (id: string): string => `dr.probe\0${id}`;

/** Asks what is due and writes down what was heard; one process at a time, and only what is set is ever called. */
@Injectable()
export class ProbeRounds {
  private readonly log = new Logger(ProbeRounds.name);
  private readonly adapters: { readonly [K in ProbeKind]: ProbeAdapter };
  private readonly lease: HeldLease;

  constructor(
    private readonly probes: ProbesRepository,
    private readonly signals: SignalWriting,
    private readonly leases: Leases,
    private readonly unitOfWork: UnitOfWork,
    @Inject(CRYPTO) private readonly crypto: CryptoProvider,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(CONFIGURATION) { mode }: Configuration,
  ) {
    this.lease = new HeldLease(leases, 'dr-probes', newId(), LEASE_LIFE_MS);
    // The demonstration's servers are on its own machine.
    const dialling = new Dialling(mode === 'DEMO');
    this.adapters = {
      HTTP: new HttpProbe(dialling),
      TCP: new TcpProbe(dialling),
      DNS: new DnsProbe(dialling),
      TLS: new TlsProbe(dialling),
      SQL_REPLICATION: new SqlReplicationProbe(dialling),
      HEARTBEAT: new HeartbeatProbe(dialling),
      REST_REPLICATION: new RestReplicationProbe(dialling, mode === 'DEMO'),
    };
  }

  /** One round. Gives how many were asked. */
  async run(): Promise<number> {
    const due = await this.probes.due(this.clock.now(), PROBES_PER_ROUND);
    // Most rounds have nothing to ask, and a lease is a write.
    if (due.length === 0) return 0;
    if ((await this.lease.take()) === undefined) return 0;
    const pending = [...due];
    const one = async (): Promise<void> => {
      for (let probe = pending.shift(); probe; probe = pending.shift())
        // One probe's trouble is not the others'.
        await this.ask(probe).catch((error: unknown) => this.log.warn(`a probe is not kept: ${String(error)}`));
    };
    await Promise.all(Array.from({ length: PARALLEL }, one));
    return due.length;
  }

  release(): Promise<void> {
    return this.lease.release();
  }

  private async ask(probe: DueProbe): Promise<void> {
    const answer = await this.answerOf(probe);
    const at = this.clock.now();
    const ok = answer.kind === 'SERVICE' ? answer.ok : answer.kind === 'REPLICATION' && answer.replicating;
    const { current: lease } = this.lease;
    await this.unitOfWork.run(async (tx) => {
      // Another has taken over, and asks the same: two who write would only quarrel over whose time is newer.
      if (!lease || !(await this.leases.stillHeld(tx, lease))) return;
      if (!(await this.probes.asked(tx, probe, { at, ok, detail: answer.detail.slice(0, DETAIL_LENGTH_MAX) }))) return;
      await this.signals.record(tx, readingsOf(probe, answer, at));
    });
  }

  private async answerOf(probe: DueProbe): Promise<ProbeAnswer> {
    try {
      const steps = isOfData(probe.kind) ? STEPS_OF_DATA : 1;
      const secret = await this.secretOf(probe);
      return await within(steps * probe.timeoutMs + RESOLVING_MS, this.adapters[probe.kind].ask(probe, secret));
    } catch (error) {
      const detail = reasonOf(error);
      return isOfData(probe.kind) ? { kind: 'NONE', detail } : { kind: 'SERVICE', ok: false, detail };
    }
  }

  private async secretOf({ id, sealedSecret }: DueProbe): Promise<string | null> {
    if (sealedSecret === null) return null;
    const opened = await this.crypto.open(Buffer.from(sealedSecret, 'base64'), probeSecretContext(id));
    if (!opened) throw new Error('its password cannot be opened; give it again');
    return opened.toString();
  }
}

/**
 * Whoever is asked may drip his answer, byte by byte, for as long as he likes: every step has a limit of its own, and all of
 * them together this one, for a round waits for each of its probes.
 */
async function within<T>(ms: number, answer: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${ms} ms`)), ms);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}

function reasonOf(error: unknown): string {
  const { code, message } = error as { code?: string; message?: string };
  return `${code ? `${code}: ` : ''}${message ?? String(error)}`;
}
