import { Inject, Injectable } from '@nestjs/common';
import { CabinetsService } from '../cabinets/cabinets.service.js';
import { FacilitiesService } from '../facilities/facilities.service.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import type { PushFault } from '../kernel/push-fault.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { parsePush, strangers } from './domain/push.js';
import { EnergyRepository } from './energy.repository.js';
import { ReadingSourcesRepository } from './reading-sources.repository.js';
import { ReadingSources } from './reading-sources.service.js';

export interface Pushed {
  readonly accepted: number;
  readonly alreadyKnown: number;
}

/** Thrown to roll a push back whose token was revoked while it was on its way. */
class Revoked extends Error {}

/** Takes what 动环 and PDUs measured: all of a push, or nothing with each fault named by its place. */
@Injectable()
export class Readings {
  constructor(
    private readonly sources: ReadingSources,
    private readonly sourceRows: ReadingSourcesRepository,
    private readonly repository: EnergyRepository,
    private readonly facilities: FacilitiesService,
    private readonly cabinets: CabinetsService,
    private readonly unitOfWork: UnitOfWork,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** null = the token opens nothing. */
  async take(token: string, body: unknown): Promise<Result<Pushed, readonly PushFault[]> | null> {
    const source = await this.sources.sourceOf(token);
    if (!source) return null;
    const { readings, faults } = parsePush(body, this.clock.now());
    if (faults.length > 0) return refuse(faults);
    const centers = (await this.facilities.centers()).filter(({ id }) => source.centerIds.includes(id));
    const paths = readings.flatMap(({ subjectKind, subject }) => (subjectKind === 'CABINET' ? [subject] : []));
    const known = await this.cabinets.knownPaths(centers, paths);
    const unknown = strangers(readings, new Set(centers.map(({ code }) => code)), known);
    if (unknown.length > 0) return refuse(unknown);
    const newestAt = new Date(Math.max(...readings.map(({ at }) => at.getTime())));
    try {
      return await this.unitOfWork.run(async (tx) => {
        const accepted = await this.repository.push(tx, source.id, readings);
        if (!(await this.sourceRows.heard(tx, source.id, newestAt))) throw new Revoked();
        return ok({ accepted, alreadyKnown: readings.length - accepted });
      });
    } catch (error) {
      if (error instanceof Revoked) return null;
      throw error;
    }
  }
}
