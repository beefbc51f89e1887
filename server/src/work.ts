import type { INestApplicationContext } from '@nestjs/common';
import { AuditService } from './audit/audit.service.js';
import { AuditSequencer } from './audit/sequencer.js';
import { SpaceExpiry } from './cabinets/space-expiry.service.js';
import { FilesService } from './files/files.service.js';
import { Accounts } from './identity/accounts.service.js';
import { ImportWork } from './imports/import-work.service.js';
import { CLOCK, type Clock } from './kernel/clock.js';
import { newId } from './platform/database/ids.js';
import { ChangeFeed } from './platform/feed/change-feed.js';
import type { Logger } from './platform/logging/logger.js';
import { ProvisioningWorker } from './provisioning/provisioning.worker.js';
import { FollowUpService } from './requests/follow-up.service.js';

export interface Work {
  close(): Promise<void>;
}

/** Holds run out to the day; a minute more or less is nobody's loss. */
const HOUSEKEEPING_EVERY_MS = 60_000;

/** What goes on without anybody's asking: clusters are driven, the audit is chained, holds run out, old rows go. */
export async function startWork(application: INestApplicationContext, logger: Logger): Promise<Work> {
  const provisioning = application.get(ProvisioningWorker, { strict: false });
  const sequencer = application.get(AuditSequencer, { strict: false });
  sequencer.start();
  await provisioning.start();
  const housekeeping = everyMinute(() => keepHouse(application), logger);
  return {
    close: async () => {
      await housekeeping.stop();
      await provisioning.stop();
      // Last, so that it chains what the others have still done.
      await sequencer.stop();
    },
  };
}

/** One round of it; several workers may do it at the same moment. */
export async function keepHouse(application: INestApplicationContext): Promise<void> {
  const clock: Clock = application.get(CLOCK, { strict: false });
  const actor = { userId: null, name: '集云', departmentId: null, address: null, traceId: newId() };
  await application.get(FollowUpService, { strict: false }).expireHolds(actor);
  await application.get(ChangeFeed, { strict: false }).prune(clock.now());
  await application.get(AuditService, { strict: false }).pruneKeys(clock.now());
  await application.get(Accounts, { strict: false }).prune(clock.now());
  await application.get(FilesService, { strict: false }).sweep(clock.now());
  await application.get(SpaceExpiry, { strict: false }).run(actor);
  await application.get(ImportWork, { strict: false }).recover(clock.now());
}

/** One round after the other, never two at once; a round that fails is logged and the next one tries again. */
function everyMinute(round: () => Promise<void>, logger: Logger): { stop(): Promise<void> } {
  let running: Promise<void> = Promise.resolve();
  const timer = setInterval(() => {
    running = running.then(round).catch((error: unknown) => {
      logger.error({ err: error }, 'housekeeping failed; the next round tries again');
    });
  }, HOUSEKEEPING_EVERY_MS);
  return {
    stop: async () => {
      clearInterval(timer);
      await running;
    },
  };
}
