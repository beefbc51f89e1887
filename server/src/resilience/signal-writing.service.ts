import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/unit-of-work.js';
import type { Reading } from './domain/dr-signal.js';
import { SignalsRepository } from './signals.repository.js';

/** Where readings are written that no round of the sweep takes: what a gateway outside sends. */
@Injectable()
export class SignalWriting {
  constructor(private readonly repository: SignalsRepository) {}

  record(tx: Tx, readings: readonly Reading[]): Promise<void> {
    return this.repository.record(tx, readings);
  }
}
