import type { CalendarDate } from '../kernel/calendar.js';
import { uuidOf } from '../kernel/node-id.js';
import type { Refusal } from '../kernel/refusal.js';
import { type PermissionObject, scopeFor } from '../kernel/viewer.js';
import type { EditionRow } from '../platform/database/edition-columns.js';
import type { NodeRegistry } from '../platform/graphql/node-registry.js';
import type { RequestContext } from '../platform/graphql/request-context.js';
import { toUserErrors, type UserError } from '../platform/graphql/user-error.js';
import type { BeginDraftInput, EditionActInput, EditionNode } from './editions.graphql.js';
import type { EditionAnswer, EditionDraft, Editions, EditionWish } from './editions.service.js';

/** What a feature's editions are called, who has to do with them, and what its node is made of. */
export interface EditionDeskKind<Row, Node> {
  readonly type: string;
  /** Whoever READs it reads what is published. */
  readonly readBy: PermissionObject;
  /** EDIT of it drafts, REVIEW of it publishes; these alone read a draft, unless all do. */
  readonly keptBy: PermissionObject;
  readonly draftForAll?: boolean;
  readonly wrong: (row: Row, today: CalendarDate) => readonly Refusal[];
  readonly node: (row: Row, inForce: boolean, problems: UserError[]) => Node;
}

interface Payload<Node> {
  readonly edition: Node | null;
  readonly errors: UserError[];
}

/** What every resolver of editions asks before it answers: the right, who reads a draft, and what is wrong with it. */
export class EditionDesk<Content, Row extends EditionRow<Content>, Wanted, Node extends EditionNode> {
  constructor(
    private readonly editions: Editions<Content, Row, Wanted>,
    private readonly kind: EditionDeskKind<Row, Node>,
  ) {}

  register(nodes: NodeRegistry): void {
    nodes.register(this.kind.type, async (ctx, id) => {
      const row = await this.editions.edition(id);
      return row && this.mayRead(ctx, row) ? this.node(ctx, row) : null;
    });
  }

  /** The draft first, for those who have to do with it, then the published ones, the newest first. */
  async list(ctx: RequestContext): Promise<Node[]> {
    ctx.require(this.kind.readBy, 'READ');
    const rows = (await this.editions.list()).filter((row) => this.mayRead(ctx, row));
    return Promise.all(rows.map((row) => this.node(ctx, row)));
  }

  begin(ctx: RequestContext, { idempotencyKey, note }: BeginDraftInput): Promise<Payload<Node>> {
    ctx.require(this.kind.keptBy, 'EDIT');
    return this.payload(ctx, this.editions.begin(ctx.requireViewer(), note, idempotencyKey));
  }

  save(ctx: RequestContext, input: EditionActInput, draft: EditionDraft<Wanted>): Promise<Payload<Node>> {
    ctx.require(this.kind.keptBy, 'EDIT');
    return this.payload(ctx, this.editions.save(ctx.requireViewer(), this.wish(input), draft));
  }

  discard(ctx: RequestContext, input: EditionActInput): Promise<Payload<Node>> {
    ctx.require(this.kind.keptBy, 'EDIT');
    return this.payload(ctx, this.editions.discard(ctx.requireViewer(), this.wish(input)));
  }

  publish(ctx: RequestContext, input: EditionActInput): Promise<Payload<Node>> {
    ctx.require(this.kind.keptBy, 'REVIEW');
    return this.payload(ctx, this.editions.publish(ctx.requireViewer(), this.wish(input)));
  }

  mayRead(ctx: RequestContext, { number }: Pick<Row, 'number'>): boolean {
    const viewer = ctx.requireViewer();
    if (number !== null || this.kind.draftForAll) return scopeFor(viewer, this.kind.readBy, 'READ') !== undefined;
    return (['EDIT', 'REVIEW'] as const).some((action) => scopeFor(viewer, this.kind.keptBy, action) !== undefined);
  }

  async node(ctx: RequestContext, row: Row): Promise<Node> {
    const inForce = (await this.editions.newestInForce())?.id === row.id;
    const problems = row.number === null ? this.kind.wrong(row, this.editions.today()) : [];
    return this.kind.node(row, inForce, toUserErrors(problems, ctx.locale));
  }

  private async payload(ctx: RequestContext, answer: EditionAnswer): Promise<Payload<Node>> {
    const result = await answer;
    if (!result.ok) return { edition: null, errors: toUserErrors(result.error, ctx.locale) };
    const row = await this.editions.edition(result.value.id);
    return { edition: row && (await this.node(ctx, row)), errors: [] };
  }

  private wish({ expectedVersion, id, idempotencyKey }: EditionActInput): EditionWish {
    return { id: uuidOf(this.kind.type, id), idempotencyKey, expectedVersion };
  }
}
