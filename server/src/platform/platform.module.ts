import { type DynamicModule, Global, Module } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { CLOCK, type Clock } from '../kernel/clock.js';
import { CONFIGURATION, type Configuration } from './config/configuration.js';
import { Counters } from './counters/counters.js';
import { CRYPTO, type CryptoProvider } from './crypto/crypto-provider.js';
import { CodeSequence } from './database/code-sequence.js';
import { Leases } from './database/lease.js';
import { DatabaseQuorum, SingleServer } from './database/quorum/database-quorum.js';
import { UnitOfWork } from './database/unit-of-work.js';
import { ChangeFeed } from './feed/change-feed.js';
import { NodeRegistry } from './graphql/node-registry.js';
import { DateTimeScalar } from './graphql/scalars.js';
import { Notices } from './notices/notices.js';

/** What a root opens before Nest starts, so that a failure is one clear line and not a stack. */
export interface Ground {
  readonly configuration: Configuration;
  readonly db: DataSource;
  readonly crypto: CryptoProvider;
  readonly clock: Clock;
  /** Left out = one server, that nobody votes about. */
  readonly quorum?: DatabaseQuorum;
}

/** The one global module: every feature stands on it, and it knows none of them. */
@Global()
@Module({})
export class PlatformModule {
  static on(ground: Ground): DynamicModule {
    return {
      module: PlatformModule,
      providers: [
        { provide: CONFIGURATION, useValue: ground.configuration },
        { provide: DataSource, useValue: ground.db },
        { provide: CRYPTO, useValue: ground.crypto },
        { provide: CLOCK, useValue: ground.clock },
        { provide: DatabaseQuorum, useValue: ground.quorum ?? new SingleServer() },
        UnitOfWork,
        ChangeFeed,
        CodeSequence,
        Counters,
        Leases,
        NodeRegistry,
        Notices,
        DateTimeScalar,
      ],
      exports: [
        CONFIGURATION,
        DataSource,
        CRYPTO,
        CLOCK,
        DatabaseQuorum,
        UnitOfWork,
        ChangeFeed,
        CodeSequence,
        Counters,
        Leases,
        NodeRegistry,
        Notices,
      ],
    };
  }
}
