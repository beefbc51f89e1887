import { Injectable } from '@nestjs/common';
import { Context, ID, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { toNodeId } from '../kernel/node-id.js';
import { reaches, scopeFor } from '../kernel/viewer.js';
import { RequestContext } from '../platform/graphql/request-context.js';
import { LineTerms } from '../requests/line-terms.service.js';
import { RequestLineNode } from '../requests/request-lines.graphql.js';
import { LineTermNode } from '../terms/line-terms.graphql.js';
import { ReclaimService } from './reclaim.service.js';

/** What a reader of a line is told of its case: whoever may read its term reads the case. */
@Injectable()
export class LineCaseFields {
  constructor(
    private readonly reclaim: ReclaimService,
    private readonly terms: LineTerms,
  ) {}

  async caseOf(ctx: RequestContext, lineId: string): Promise<string | null> {
    const found = await ctx.loader(this.reclaim.runningOfLines).load(lineId);
    if (!found || !reaches(scopeFor(ctx.requireViewer(), 'RESOURCE', 'READ'), found)) return null;
    return toNodeId('ReclaimCase', found.id);
  }

  async mayOpen(ctx: RequestContext, lineId: string): Promise<boolean> {
    const scope = scopeFor(ctx.requireViewer(), 'RESOURCE', 'REVIEW');
    // Most readers may not: they cost nothing.
    if (!scope) return false;
    const term = await ctx.loader(this.terms.ofLines).load(lineId);
    if (!term || term.endedAt !== null || !reaches(scope, term)) return false;
    return (await ctx.loader(this.reclaim.runningOfLines).load(lineId)) === null;
  }
}

/** A line is an earlier feature's and knows nothing of cases about it. */
@Resolver(() => RequestLineNode)
export class LineReclaimResolver {
  constructor(private readonly fields: LineCaseFields) {}

  @ResolveField(() => ID, {
    nullable: true,
    description: 'Of servers, places or services: the case that waits, or by which it is taken back.',
  })
  reclaimCaseId(@Context() ctx: RequestContext, @Parent() { row }: RequestLineNode): Promise<string | null> {
    return row.kind === 'VM' ? Promise.resolve(null) : this.fields.caseOf(ctx, row.id);
  }

  @ResolveField(() => Boolean, { description: 'Whether the viewer may open a reclaim case about it now.' })
  mayOpenReclaim(@Context() ctx: RequestContext, @Parent() { row }: RequestLineNode): Promise<boolean> {
    return row.kind === 'VM' ? Promise.resolve(false) : this.fields.mayOpen(ctx, row.id);
  }
}

@Resolver(() => LineTermNode)
export class LineTermReclaimResolver {
  constructor(private readonly fields: LineCaseFields) {}

  @ResolveField(() => ID, {
    nullable: true,
    description: 'The case that waits, or by which it is taken back.',
  })
  reclaimCaseId(@Context() ctx: RequestContext, @Parent() { row }: LineTermNode): Promise<string | null> {
    return this.fields.caseOf(ctx, row.lineId);
  }

  @ResolveField(() => Boolean, { description: 'Whether the viewer may open a reclaim case about it now.' })
  mayOpenReclaim(@Context() ctx: RequestContext, @Parent() { row }: LineTermNode): Promise<boolean> {
    return this.fields.mayOpen(ctx, row.lineId);
  }
}
