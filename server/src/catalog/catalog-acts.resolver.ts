import { Args, Context, Mutation, Resolver } from '@nestjs/graphql';
import { parseNodeId, toNodeId } from '../kernel/node-id.js';
import { NodeRegistry } from '../platform/graphql/node-registry.js';
import { RequestContext } from '../platform/graphql/request-context.js';
import { toUserErrors } from '../platform/graphql/user-error.js';
import type { CatalogEntryNode } from './catalog.types.js';
import {
  AddCabinetOfferInput,
  AddImageInput,
  AddOfferInput,
  AddServerOfferInput,
  AddServiceInput,
  CatalogEntryInput,
  CatalogEntryPayload,
  RenameCatalogEntryInput,
  ReviseServiceInput,
  type ServiceDefinitionInput,
} from './catalog-acts.graphql.js';
import { CatalogKeeper, type EntryAnswer, type EntryWish } from './catalog-keeper.service.js';
import { ENTRY_KINDS } from './domain/entries.js';
import type { DefinitionContent } from './domain/service-definition.js';

/** What the keepers of the catalog may do to it. Each answers the entry as it stands afterwards. */
@Resolver()
export class CatalogActsResolver {
  constructor(
    private readonly keeper: CatalogKeeper,
    private readonly nodes: NodeRegistry,
  ) {}

  @Mutation(() => CatalogEntryPayload)
  addOffer(@Context() ctx: RequestContext, @Args('input') input: AddOfferInput): Promise<CatalogEntryPayload> {
    const { idempotencyKey, ...offer } = input;
    const machine = { ...offer, accelerator: offer.accelerator?.trim() || null };
    return this.act(ctx, () => this.keeper.addMachine(ctx.requireViewer(), machine, idempotencyKey));
  }

  @Mutation(() => CatalogEntryPayload)
  addServerOffer(
    @Context() ctx: RequestContext,
    @Args('input') input: AddServerOfferInput,
  ): Promise<CatalogEntryPayload> {
    const { idempotencyKey, ...offer } = input;
    const server = { ...offer, accelerator: offer.accelerator ?? null };
    return this.act(ctx, () => this.keeper.addServer(ctx.requireViewer(), server, idempotencyKey));
  }

  @Mutation(() => CatalogEntryPayload)
  addCabinetOffer(
    @Context() ctx: RequestContext,
    @Args('input') input: AddCabinetOfferInput,
  ): Promise<CatalogEntryPayload> {
    const { idempotencyKey, ...offer } = input;
    return this.act(ctx, () => this.keeper.addCabinet(ctx.requireViewer(), { ...offer }, idempotencyKey));
  }

  @Mutation(() => CatalogEntryPayload)
  addImage(@Context() ctx: RequestContext, @Args('input') input: AddImageInput): Promise<CatalogEntryPayload> {
    const { idempotencyKey, url, checksum, devicePreference, ...image } = input;
    const source = url.startsWith('docker:')
      ? { registry: { url } }
      : { http: { url, ...(checksum ? { checksum } : {}) } };
    const named = { ...image, source, devicePreference: devicePreference?.trim() || null };
    return this.act(ctx, () => this.keeper.addImage(ctx.requireViewer(), named, idempotencyKey));
  }

  @Mutation(() => CatalogEntryPayload)
  addService(@Context() ctx: RequestContext, @Args('input') input: AddServiceInput): Promise<CatalogEntryPayload> {
    const { idempotencyKey, code } = input;
    return this.act(ctx, () =>
      this.keeper.addService(ctx.requireViewer(), code, toContent(input.definition), idempotencyKey),
    );
  }

  @Mutation(() => CatalogEntryPayload, {
    description: 'Makes the next version; requests keep the one they were made by.',
  })
  reviseService(
    @Context() ctx: RequestContext,
    @Args('input') input: ReviseServiceInput,
  ): Promise<CatalogEntryPayload> {
    return this.act(ctx, () =>
      this.keeper.reviseService(ctx.requireViewer(), toWish(input), toContent(input.definition)),
    );
  }

  @Mutation(() => CatalogEntryPayload, { description: 'Of a machine size, server class, cabinet space or image.' })
  renameOffer(
    @Context() ctx: RequestContext,
    @Args('input') input: RenameCatalogEntryInput,
  ): Promise<CatalogEntryPayload> {
    return this.act(ctx, () => this.keeper.rename(ctx.requireViewer(), toWish(input), input.name));
  }

  @Mutation(() => CatalogEntryPayload, { description: 'Nobody asks for it any more; what runs by it goes on.' })
  withdrawOffer(@Context() ctx: RequestContext, @Args('input') input: CatalogEntryInput): Promise<CatalogEntryPayload> {
    return this.act(ctx, () => this.keeper.withdraw(ctx.requireViewer(), toWish(input)));
  }

  @Mutation(() => CatalogEntryPayload)
  restoreOffer(@Context() ctx: RequestContext, @Args('input') input: CatalogEntryInput): Promise<CatalogEntryPayload> {
    return this.act(ctx, () => this.keeper.restore(ctx.requireViewer(), toWish(input)));
  }

  private async act(ctx: RequestContext, work: () => EntryAnswer): Promise<CatalogEntryPayload> {
    ctx.require('CATALOG', 'EDIT');
    const done = await work();
    if (!done.ok) return { entry: null, errors: toUserErrors(done.error, ctx.locale) };
    const { kind, id } = done.value;
    return { entry: (await this.nodes.load(ctx, toNodeId(kind, id))) as CatalogEntryNode | null, errors: [] };
  }
}

function toWish({ id, idempotencyKey, expectedVersion }: CatalogEntryInput): EntryWish {
  const parsed = parseNodeId(id);
  const kind = ENTRY_KINDS.find((known) => known === parsed?.type);
  return { kind, id: parsed?.uuid ?? '', idempotencyKey, expectedVersion };
}

function toContent(input: ServiceDefinitionInput): DefinitionContent {
  return {
    name: { zh: input.nameZh, en: input.nameEn },
    summary: { zh: input.summaryZh, en: input.summaryEn },
    unit: { zh: input.unitZh, en: input.unitEn },
    quantityMaximum: input.quantityMaximum,
    quotaMeter: input.quotaMeter ?? null,
    priceMeter: input.priceMeter ?? null,
    fulfilment: input.fulfilment,
    fields: input.fields.map((field) => ({
      key: field.key,
      label: { zh: field.labelZh, en: field.labelEn },
      type: field.type,
      required: field.required,
      minimum: field.minimum ?? null,
      maximum: field.maximum ?? null,
      lengthMaximum: field.lengthMaximum ?? null,
      choices: field.choices.map(({ value, labelZh, labelEn }) => ({ value, label: { zh: labelZh, en: labelEn } })),
    })),
  };
}
