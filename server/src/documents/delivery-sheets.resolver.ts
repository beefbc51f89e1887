import { Args, Context, Int, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { badInput } from '../platform/graphql/errors.js';
import { type Connection, PageArgs, pageRequest, toConnection } from '../platform/graphql/relay.js';
import { RequestContext } from '../platform/graphql/request-context.js';
import { searchText } from '../platform/graphql/search-text.js';
import {
  DeliverySheetItemConnection,
  DeliverySheetItemFilterInput,
  DeliverySheetItemNode,
  DeliverySheetNode,
  FirstLoginNode,
} from './deliveries.graphql.js';
import { DeliveriesService } from './deliveries.service.js';
import type { SheetFacts } from './documents.types.js';
import { checkCodeOf } from './domain/scan.js';
import { pageOfThings } from './domain/sheet-items.js';
import { LoginNodes } from './login-nodes.js';
import { PaperNodes } from './paper-nodes.js';
import { RequestPapersNode } from './papers.graphql.js';
import { ScansService } from './scans.service.js';
import { SheetHeads } from './sheet-heads.service.js';
import { type Sheet, SheetsService } from './sheets.service.js';

/** What a sheet says beyond its head. A field that nobody asks for costs nothing: lists ask for counts alone. */
@Resolver(() => DeliverySheetNode)
export class DeliverySheetResolver {
  constructor(
    private readonly heads: SheetHeads,
    private readonly sheets: SheetsService,
    private readonly deliveries: DeliveriesService,
    private readonly scans: ScansService,
    private readonly paperNodes: PaperNodes,
  ) {}

  @ResolveField(() => String, { description: 'The department that confirms it.' })
  async unit(@Context() ctx: RequestContext, @Parent() sheet: DeliverySheetNode): Promise<string> {
    return (await this.facts(ctx, sheet)).unit;
  }

  @ResolveField(() => String)
  async system(@Context() ctx: RequestContext, @Parent() sheet: DeliverySheetNode): Promise<string> {
    return (await this.facts(ctx, sheet)).system;
  }

  @ResolveField(() => Int)
  async itemCount(@Context() ctx: RequestContext, @Parent() sheet: DeliverySheetNode): Promise<number> {
    return (await this.facts(ctx, sheet)).itemCount;
  }

  @ResolveField(() => Int, { description: 'Objections that wait for the center.' })
  openObjectionCount(@Context() ctx: RequestContext, @Parent() { of }: DeliverySheetNode): Promise<number> {
    return ctx.loader(this.heads.openObjectionsOf).load(of.head.id);
  }

  @ResolveField(() => String)
  async checkCode(@Context() ctx: RequestContext, @Parent() sheet: DeliverySheetNode): Promise<string> {
    return checkCodeOf(sheet.of.head.contentHash ?? (await this.whole(ctx, sheet)).contentHash);
  }

  @ResolveField(() => RequestPapersNode, { description: 'What was printed and sealed of it.' })
  async papers(@Context() ctx: RequestContext, @Parent() sheet: DeliverySheetNode): Promise<RequestPapersNode> {
    const { head, request } = sheet.of;
    const papers = await ctx.loader(this.scans.sheetPapersOf).load(request);
    if (!papers) throw new Error(`the sheet ${head.code} has no content`);
    return this.paperNodes.of(ctx, request, papers, { formUrl: sheet.sheetUrl, neededBy: [] });
  }

  @ResolveField(() => Boolean)
  mayConfirm(@Context() ctx: RequestContext, @Parent() { of: { head, request } }: DeliverySheetNode): boolean {
    return head.state === 'AWAITING' && this.deliveries.mayConfirm(ctx.requireViewer(), request);
  }

  @ResolveField(() => Boolean)
  mayAnswer(@Context() ctx: RequestContext, @Parent() { of: { head, request } }: DeliverySheetNode): boolean {
    return head.state === 'OBJECTED' && this.deliveries.mayAnswer(ctx.requireViewer(), request);
  }

  @ResolveField(() => DeliverySheetItemConnection, {
    description:
      'In the order of the paper: machines by code, then what people made ready. Counts what passes the filter.',
  })
  async items(
    @Context() ctx: RequestContext,
    @Parent() sheet: DeliverySheetNode,
    @Args() args: PageArgs,
    @Args('filter', { type: () => DeliverySheetItemFilterInput, nullable: true })
    filter: DeliverySheetItemFilterInput | null,
  ): Promise<Connection<DeliverySheetItemNode>> {
    const { first, after: key } = pageRequest(args, 1);
    const after = key ? Number(key[0]) : -1;
    if (!Number.isSafeInteger(after) || after < -1) throw badInput('after is not a cursor of this list');
    const wanted = {
      kinds: filter?.kinds ?? [],
      openObjection: filter?.openObjection ?? false,
      search: searchText(filter?.search),
    };
    const { content, objections } = await this.whole(ctx, sheet);
    const open = new Set(objections.flatMap((one) => (one.answer === null ? [one.resourceId] : [])));
    const objectionsOf = Map.groupBy(objections, ({ resourceId }) => resourceId);
    return toConnection(
      pageOfThings(content.items, open, wanted, { first, after }),
      ({ thing }) => new DeliverySheetItemNode(thing, sheet.of.request, objectionsOf.get(thing.resourceId) ?? []),
      ({ place }) => [String(place)],
    );
  }

  private facts(ctx: RequestContext, { of }: DeliverySheetNode): Promise<SheetFacts> {
    return ctx.loader(this.heads.factsOf).load(of);
  }

  private async whole(ctx: RequestContext, { of: { head, request } }: DeliverySheetNode): Promise<Sheet> {
    const sheet = await ctx.loader(this.sheets.sheetsOf).load(request);
    if (!sheet) throw new Error(`the sheet ${head.code} has no content`);
    return sheet;
  }
}

@Resolver(() => DeliverySheetItemNode)
export class DeliverySheetItemResolver {
  constructor(private readonly logins: LoginNodes) {}

  @ResolveField(() => FirstLoginNode, { nullable: true, description: 'null = the console has set none.' })
  login(
    @Context() ctx: RequestContext,
    @Parent() { item, request }: DeliverySheetItemNode,
  ): Promise<FirstLoginNode | null> {
    return this.logins.of(ctx, item, request);
  }
}
