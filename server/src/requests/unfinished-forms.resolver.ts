import type { OnModuleInit } from '@nestjs/common';
import { Args, Context, ID, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { uuidOf } from '../kernel/node-id.js';
import { reaches, scopeFor } from '../kernel/viewer.js';
import { badInput, notFound } from '../platform/graphql/errors.js';
import { NodeRegistry } from '../platform/graphql/node-registry.js';
import { RequestContext } from '../platform/graphql/request-context.js';
import { toUserErrors } from '../platform/graphql/user-error.js';
import { RequestNode } from './requests.graphql.js';
import {
  DiscardUnfinishedFormInput,
  SaveUnfinishedFormInput,
  UnfinishedFormNode,
  UnfinishedFormPayload,
} from './unfinished-forms.graphql.js';
import { UnfinishedForms } from './unfinished-forms.service.js';

const START_KEY = /^[\x21-\x7e]{1,64}$/;

@Resolver(() => RequestNode)
export class UnfinishedFormsResolver implements OnModuleInit {
  constructor(
    private readonly forms: UnfinishedForms,
    private readonly nodes: NodeRegistry,
  ) {}

  onModuleInit(): void {
    this.nodes.register('UnfinishedForm', async (ctx, id) => {
      const row = await this.forms.form(ctx.requireViewer(), id);
      return row && new UnfinishedFormNode(row);
    });
  }

  @Query(() => UnfinishedFormNode)
  unfinishedForm(
    @Context() ctx: RequestContext,
    @Args('id', { type: () => ID }) id: string,
  ): Promise<UnfinishedFormNode> {
    return this.find(ctx, uuidOf('UnfinishedForm', id));
  }

  @Query(() => [UnfinishedFormNode], { description: "The viewer's own that are no draft yet, the last saved first." })
  async unfinishedForms(@Context() ctx: RequestContext): Promise<UnfinishedFormNode[]> {
    return (await this.forms.own(ctx.requireViewer())).map((row) => new UnfinishedFormNode(row));
  }

  @ResolveField(() => UnfinishedFormNode, {
    name: 'unfinishedForm',
    nullable: true,
    description: 'What was typed since the draft was saved; null = nothing, or it is not for the viewer to change.',
  })
  async besideDraft(
    @Context() ctx: RequestContext,
    @Parent() { row }: RequestNode,
  ): Promise<UnfinishedFormNode | null> {
    if (!reaches(scopeFor(ctx.requireViewer(), 'REQUEST', 'EDIT'), row)) return null;
    const form = await ctx.loader(this.forms.besideRequests).load(row.id);
    return form && new UnfinishedFormNode(form);
  }

  @Mutation(() => UnfinishedFormPayload, { description: 'Keeps what is typed; asks for nothing.' })
  async saveUnfinishedForm(
    @Context() ctx: RequestContext,
    @Args('input') input: SaveUnfinishedFormInput,
  ): Promise<UnfinishedFormPayload> {
    ctx.require('REQUEST', 'CREATE');
    if (!START_KEY.test(input.startKey)) throw badInput('startKey must be 1 to 64 visible ASCII characters');
    const saved = await this.forms.save(ctx.requireViewer(), {
      ...input,
      requestId: input.requestId ? uuidOf('Request', input.requestId) : null,
      requestVersion: input.requestVersion ?? null,
    });
    if (!saved.ok) return { unfinishedForm: null, errors: toUserErrors(saved.error, ctx.locale) };
    return { unfinishedForm: await this.find(ctx, saved.value.id), errors: [] };
  }

  @Mutation(() => UnfinishedFormPayload)
  async discardUnfinishedForm(
    @Context() ctx: RequestContext,
    @Args('input') input: DiscardUnfinishedFormInput,
  ): Promise<UnfinishedFormPayload> {
    ctx.require('REQUEST', 'CREATE');
    const gone = await this.forms.discard(ctx.requireViewer(), uuidOf('UnfinishedForm', input.id) ?? '-');
    return { unfinishedForm: null, errors: gone.ok ? [] : toUserErrors(gone.error, ctx.locale) };
  }

  private async find(ctx: RequestContext, id: string | undefined): Promise<UnfinishedFormNode> {
    const row = id === undefined ? null : await this.forms.form(ctx.requireViewer(), id);
    if (!row) throw notFound(ctx.locale);
    return new UnfinishedFormNode(row);
  }
}
