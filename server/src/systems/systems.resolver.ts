import type { OnModuleInit } from '@nestjs/common';
import { Args, Context, ID, Query, Resolver } from '@nestjs/graphql';
import { FilesService } from '../files/files.service.js';
import { uuidOf } from '../kernel/node-id.js';
import { scopeFor, type Viewer } from '../kernel/viewer.js';
import { notFound } from '../platform/graphql/errors.js';
import { NodeRegistry } from '../platform/graphql/node-registry.js';
import { type Connection, PageArgs, pageRequest, toConnection } from '../platform/graphql/relay.js';
import { RequestContext } from '../platform/graphql/request-context.js';
import { searchText } from '../platform/graphql/search-text.js';
import { ProjectFilterInput, SystemFilterInput } from './systems.graphql.js';
import { SystemsService } from './systems.service.js';
import { ProjectConnection, ProjectNode, SystemConnection, SystemNode } from './systems.types.js';

/** Lists of systems and projects, and one of each. */
@Resolver()
export class SystemsResolver implements OnModuleInit {
  constructor(
    private readonly systems: SystemsService,
    private readonly files: FilesService,
    private readonly nodes: NodeRegistry,
  ) {}

  onModuleInit(): void {
    this.nodes.register('System', (ctx, id) => this.systemOf(ctx.requireViewer(), id));
    this.nodes.register('Project', (ctx, id) => this.projectOf(ctx.requireViewer(), id));
    // Who may read the record may read what is attached to it.
    this.files.registerOwner('System', async (viewer, id) => (await this.systemOf(viewer, id)) !== null);
    this.files.registerOwner('Project', async (viewer, id) => (await this.projectOf(viewer, id)) !== null);
  }

  @Query(() => SystemConnection, { name: 'systems' })
  async list(
    @Context() ctx: RequestContext,
    @Args() page: PageArgs,
    @Args('search', { type: () => String, nullable: true, description: 'In name or code.' }) search?: string | null,
    @Args('filter', { type: () => SystemFilterInput, nullable: true }) filter?: SystemFilterInput | null,
  ): Promise<Connection<SystemNode>> {
    const scope = ctx.require('SYSTEM', 'READ');
    const found = await this.systems.list(
      scope,
      {
        search: searchText(search),
        departmentId: departmentOf(filter),
        protectionLevel: filter?.protectionLevel ?? null,
        filed: filter?.filed ?? null,
        declaration: filter?.declaration ?? null,
        localMode: filter?.localMode ?? null,
        remoteMode: filter?.remoteMode ?? null,
        withoutOwner: filter?.withoutOwner ?? false,
      },
      pageRequest(page, 1),
    );
    return toConnection(
      found,
      (system) => new SystemNode(system),
      (system) => [system.code],
    );
  }

  @Query(() => SystemNode)
  async system(@Context() ctx: RequestContext, @Args('id', { type: () => ID }) id: string): Promise<SystemNode> {
    ctx.require('SYSTEM', 'READ');
    const uuid = uuidOf('System', id);
    const system = uuid === undefined ? null : await this.systemOf(ctx.requireViewer(), uuid);
    if (!system) throw notFound(ctx.locale);
    return system;
  }

  @Query(() => ProjectConnection, { name: 'projects' })
  async listProjects(
    @Context() ctx: RequestContext,
    @Args() page: PageArgs,
    @Args('search', { type: () => String, nullable: true, description: 'In name or code.' }) search?: string | null,
    @Args('filter', { type: () => ProjectFilterInput, nullable: true }) filter?: ProjectFilterInput | null,
  ): Promise<Connection<ProjectNode>> {
    const scope = ctx.require('PROJECT', 'READ');
    const found = await this.systems.listProjects(
      scope,
      { search: searchText(search), departmentId: departmentOf(filter), budgetYear: filter?.budgetYear ?? null },
      pageRequest(page, 1),
    );
    return toConnection(
      found,
      (project) => new ProjectNode(project),
      (project) => [project.code],
    );
  }

  @Query(() => ProjectNode)
  async project(@Context() ctx: RequestContext, @Args('id', { type: () => ID }) id: string): Promise<ProjectNode> {
    ctx.require('PROJECT', 'READ');
    const uuid = uuidOf('Project', id);
    const project = uuid === undefined ? null : await this.projectOf(ctx.requireViewer(), uuid);
    if (!project) throw notFound(ctx.locale);
    return project;
  }

  private async systemOf(viewer: Viewer, id: string): Promise<SystemNode | null> {
    const scope = scopeFor(viewer, 'SYSTEM', 'READ');
    const system = scope ? await this.systems.system(scope, id) : null;
    return system && new SystemNode(system);
  }

  private async projectOf(viewer: Viewer, id: string): Promise<ProjectNode | null> {
    const scope = scopeFor(viewer, 'PROJECT', 'READ');
    const project = scope ? await this.systems.project(scope, id) : null;
    return project && new ProjectNode(project);
  }
}

/** An id of another kind names no department: nothing is found. */
function departmentOf(filter: { departmentId: string | null } | null | undefined): string | null {
  return filter?.departmentId ? (uuidOf('Department', filter.departmentId) ?? '-') : null;
}
