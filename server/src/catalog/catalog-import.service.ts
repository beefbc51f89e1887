import { Injectable } from '@nestjs/common';
import { Acts } from '../audit/acts.service.js';
import { canonicalJson } from '../audit/domain/canonical-json.js';
import type { Architecture } from '../facilities/domain/facility.js';
import { say } from '../kernel/bilingual.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import type { Actor } from '../kernel/viewer.js';
import { newId } from '../platform/database/ids.js';
import { DUPLICATE_KEY_ERRNO, errnoOf, WriteConflict } from '../platform/database/unit-of-work.js';
import { CatalogRepository } from './catalog.repository.js';
import { type Offer, STANDBY_RATIO_DEFAULT } from './domain/catalog.js';
import type { OfferDraft } from './domain/instancetype.js';
import { type DraftedOffer, draftOffers, type ImportFile, type ImportProblem } from './import/instancetype-files.js';

export interface ImportOutcome {
  /** Codes of the offers that are new. */
  readonly added: readonly string[];
  /** Codes of those that were there already, alike. */
  readonly unchanged: readonly string[];
  readonly offers: readonly OfferDraft[];
}

@Injectable()
export class CatalogImportService {
  constructor(
    private readonly repository: CatalogRepository,
    private readonly acts: Acts,
  ) {}

  /**
   * Takes in the instance types of all the files as one act, or none of them. The same files again change nothing and
   * leave no audit row. An offer that is there with another size is a problem, never overwritten: requests and machines
   * stand on what it was.
   */
  async import(
    files: readonly ImportFile[],
    assumed: Architecture,
    actor: Actor,
  ): Promise<Result<ImportOutcome, readonly ImportProblem[]>> {
    const drafted = draftOffers(files, assumed);
    if (!drafted.ok) return drafted;
    const drafts = drafted.value;
    const offers = drafts.map((draft) => draft.offer);
    const compared = compare(drafts, await this.repository.offersByCodes(offers.map((offer) => offer.code)));
    if (!compared.ok) return compared;
    const { added, unchanged } = compared.value;
    if (added.length > 0) await this.write(added, actor, files);
    return ok({ added: added.map((offer) => offer.code), unchanged, offers });
  }

  /** Throws when another import wrote one of the same codes meanwhile; nothing of this one stands then. */
  private async write(added: readonly OfferDraft[], actor: Actor, files: readonly ImportFile[]): Promise<void> {
    const codes = added.map((offer) => offer.code);
    try {
      await this.acts.perform({ name: 'catalog.import', actor, input: { codes } }, async (tx) => {
        await this.repository.insertOffers(
          tx,
          added.map((offer) => ({
            ...offer,
            id: newId(tx.now.getTime()),
            standbyRatioPercent: STANDBY_RATIO_DEFAULT,
            version: 1,
          })),
        );
        return ok({
          value: { added: codes },
          audit: {
            objectType: 'Catalog',
            objectId: 'offers',
            departmentId: null,
            summary: say(
              `从 ${files.length} 个文件导入 ${codes.length} 个服务项`,
              `Imported ${codes.length} offers from ${files.length} files`,
            ),
            after: added.map(({ code, architecture, vcpu, memoryMib }) => ({ code, architecture, vcpu, memoryMib })),
          },
        });
      });
    } catch (error) {
      if (errnoOf(error) === DUPLICATE_KEY_ERRNO)
        throw new WriteConflict('another import wrote some of the same offers at the same time; nothing was written');
      throw error;
    }
  }
}

function compare(
  drafts: readonly DraftedOffer[],
  existing: readonly Offer[],
): Result<{ added: OfferDraft[]; unchanged: string[] }, readonly ImportProblem[]> {
  const byCode = new Map(existing.map((offer) => [offer.code, offer]));
  const added: OfferDraft[] = [];
  const unchanged: string[] = [];
  const problems: ImportProblem[] = [];
  for (const { file, document, offer } of drafts) {
    const known = byCode.get(offer.code);
    if (!known) added.push(offer);
    else if (substanceOf(known) === substanceOf(offer)) unchanged.push(offer.code);
    else
      problems.push({
        file,
        document,
        field: 'metadata.name',
        message: say(
          `${offer.code} 已作为 ${sizeOf(known)} 存在且内容不同；已发布的服务项不可改动，请换一个名称`,
          `${offer.code} is already there as ${sizeOf(known)} and differs; a published offer never changes, so give this one another name`,
        ),
      });
  }
  return problems.length > 0 ? refuse(problems) : ok({ added, unchanged });
}

/** What requests and machines stand on. A person may rename an offer or withdraw it without making it another. */
function substanceOf({ architecture, vcpu, memoryMib, keptAside }: OfferDraft): string {
  return canonicalJson({ architecture, vcpu, memoryMib, keptAside });
}

function sizeOf({ architecture, vcpu, memoryMib }: OfferDraft): string {
  return `${architecture} ${vcpu} vCPU ${memoryMib} MiB`;
}
