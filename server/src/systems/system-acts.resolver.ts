import { Args, Context, Mutation, Resolver } from '@nestjs/graphql';
import { uuidOf } from '../kernel/node-id.js';
import { WHOLE_PROVINCE } from '../kernel/viewer.js';
import { RequestContext } from '../platform/graphql/request-context.js';
import { toUserErrors } from '../platform/graphql/user-error.js';
import { type ProjectForm, ProjectRecords } from './project-records.service.js';
import { SignedStatements } from './signed-statements.service.js';
import { SystemLinks } from './system-links.service.js';
import { type Answer, type SystemForm, SystemRecords } from './system-records.service.js';
import {
  BindVendorStaffInput,
  DeclareNotClassifiedInput,
  EditProjectInput,
  EditSystemInput,
  EndProjectLinkInput,
  LinkProjectInput,
  ProjectContentInput,
  ProjectPayload,
  RegisterProjectInput,
  RegisterSystemInput,
  StateReliabilityInput,
  SystemContentInput,
  SystemPayload,
  TakeBackProjectLinkInput,
  UnbindVendorStaffInput,
} from './systems.graphql.js';
import { SystemsService } from './systems.service.js';
import { ProjectNode, SystemNode } from './systems.types.js';
import { VendorBindings } from './vendor-bindings.service.js';

/** Acts of people on systems and projects. */
@Resolver()
export class SystemActsResolver {
  constructor(
    private readonly systems: SystemsService,
    private readonly records: SystemRecords,
    private readonly statements: SignedStatements,
    private readonly projects: ProjectRecords,
    private readonly links: SystemLinks,
    private readonly bindings: VendorBindings,
  ) {}

  @Mutation(() => SystemPayload)
  registerSystem(@Context() ctx: RequestContext, @Args('input') input: RegisterSystemInput): Promise<SystemPayload> {
    const scope = ctx.require('SYSTEM', 'CREATE');
    const departmentId = uuidOf('Department', input.departmentId);
    const form = toSystemForm(input.content);
    return this.system(
      ctx,
      this.records.register(ctx.requireViewer(), scope, departmentId, form, input.idempotencyKey),
    );
  }

  @Mutation(() => SystemPayload)
  editSystem(@Context() ctx: RequestContext, @Args('input') input: EditSystemInput): Promise<SystemPayload> {
    const scope = ctx.require('SYSTEM', 'EDIT');
    return this.system(
      ctx,
      this.records.edit(ctx.requireViewer(), scope, actOn('System', input), toSystemForm(input.content)),
    );
  }

  @Mutation(() => SystemPayload)
  declareNotClassified(
    @Context() ctx: RequestContext,
    @Args('input') input: DeclareNotClassifiedInput,
  ): Promise<SystemPayload> {
    const scope = ctx.require('SYSTEM', 'EDIT');
    const wish = {
      ...actOn('System', input),
      fileId: uuidOf('StoredFile', input.fileId),
      validUntil: input.validUntil,
    };
    return this.system(ctx, this.statements.declareNotClassified(ctx.requireViewer(), scope, wish));
  }

  @Mutation(() => SystemPayload)
  stateReliability(
    @Context() ctx: RequestContext,
    @Args('input') input: StateReliabilityInput,
  ): Promise<SystemPayload> {
    const scope = ctx.require('SYSTEM', 'EDIT');
    const wish = {
      ...actOn('System', input),
      fileId: uuidOf('StoredFile', input.fileId),
      validUntil: input.validUntil,
      entries: input.entries.map((entry) => ({ ...entry, reason: entry.reason ?? null })),
    };
    return this.system(ctx, this.statements.stateReliability(ctx.requireViewer(), scope, wish));
  }

  @Mutation(() => SystemPayload)
  linkProject(@Context() ctx: RequestContext, @Args('input') input: LinkProjectInput): Promise<SystemPayload> {
    const scopes = { system: ctx.require('SYSTEM', 'EDIT'), project: ctx.require('PROJECT', 'READ') };
    return this.system(
      ctx,
      this.links.linkProject(ctx.requireViewer(), scopes, {
        systemId: uuidOf('System', input.systemId),
        projectId: uuidOf('Project', input.projectId),
        from: input.from,
        to: input.to ?? null,
        idempotencyKey: input.idempotencyKey,
      }),
    );
  }

  @Mutation(() => SystemPayload)
  endProjectLink(@Context() ctx: RequestContext, @Args('input') input: EndProjectLinkInput): Promise<SystemPayload> {
    const scope = ctx.require('SYSTEM', 'EDIT');
    return this.system(
      ctx,
      this.links.endLink(ctx.requireViewer(), scope, {
        systemId: uuidOf('System', input.systemId),
        projectId: uuidOf('Project', input.projectId),
        from: input.from,
        to: input.to,
        idempotencyKey: input.idempotencyKey,
      }),
    );
  }

  @Mutation(() => SystemPayload, {
    description:
      'Takes back a period written by mistake: one that has not begun, or under which nothing was asked for.',
  })
  takeBackProjectLink(
    @Context() ctx: RequestContext,
    @Args('input') input: TakeBackProjectLinkInput,
  ): Promise<SystemPayload> {
    const scope = ctx.require('SYSTEM', 'EDIT');
    return this.system(
      ctx,
      this.links.takeBackLink(ctx.requireViewer(), scope, {
        systemId: uuidOf('System', input.systemId),
        projectId: uuidOf('Project', input.projectId),
        from: input.from,
        reason: input.reason,
        idempotencyKey: input.idempotencyKey,
      }),
    );
  }

  @Mutation(() => SystemPayload)
  bindVendorStaff(@Context() ctx: RequestContext, @Args('input') input: BindVendorStaffInput): Promise<SystemPayload> {
    const scope = ctx.require('SYSTEM', 'EDIT');
    const { idempotencyKey, systemId, username, ...person } = input;
    return this.system(
      ctx,
      this.bindings.bind(ctx.requireViewer(), scope, {
        systemId: uuidOf('System', systemId),
        form: { ...person, username: username ?? null },
        idempotencyKey,
      }),
    );
  }

  @Mutation(() => SystemPayload)
  unbindVendorStaff(
    @Context() ctx: RequestContext,
    @Args('input') input: UnbindVendorStaffInput,
  ): Promise<SystemPayload> {
    const scope = ctx.require('SYSTEM', 'EDIT');
    return this.system(
      ctx,
      this.bindings.unbind(ctx.requireViewer(), scope, {
        systemId: uuidOf('System', input.systemId),
        bindingId: uuidOf('VendorStaff', input.bindingId),
        idempotencyKey: input.idempotencyKey,
      }),
    );
  }

  @Mutation(() => ProjectPayload)
  registerProject(@Context() ctx: RequestContext, @Args('input') input: RegisterProjectInput): Promise<ProjectPayload> {
    const scope = ctx.require('PROJECT', 'CREATE');
    const departmentId = uuidOf('Department', input.departmentId);
    const form = toProjectForm(input);
    return this.project(
      ctx,
      this.projects.register(ctx.requireViewer(), scope, departmentId, form, input.idempotencyKey),
    );
  }

  @Mutation(() => ProjectPayload, { description: 'The finance office may change the budget keys only.' })
  editProject(@Context() ctx: RequestContext, @Args('input') input: EditProjectInput): Promise<ProjectPayload> {
    const scope = ctx.require('PROJECT', 'EDIT');
    return this.project(
      ctx,
      this.projects.edit(ctx.requireViewer(), scope, actOn('Project', input), toProjectForm(input)),
    );
  }

  /** What was just written is the writer's to see. */
  private async system(ctx: RequestContext, answer: Answer): Promise<SystemPayload> {
    const result = await answer;
    if (!result.ok) return { system: null, errors: toUserErrors(result.error, ctx.locale) };
    const system = await this.systems.system(WHOLE_PROVINCE, result.value.id);
    return { system: system && new SystemNode(system), errors: [] };
  }

  private async project(ctx: RequestContext, answer: Answer): Promise<ProjectPayload> {
    const result = await answer;
    if (!result.ok) return { project: null, errors: toUserErrors(result.error, ctx.locale) };
    const project = await this.systems.project(WHOLE_PROVINCE, result.value.id);
    return { project: project && new ProjectNode(project), errors: [] };
  }
}

function actOn(type: string, input: { id: string; expectedVersion: number; idempotencyKey: string }) {
  return {
    id: uuidOf(type, input.id),
    expectedVersion: input.expectedVersion,
    idempotencyKey: input.idempotencyKey,
  };
}

const MILLI = 1_000;

/** Percent as a person writes it; a fourth decimal stays, so that the domain refuses it. */
function milliPercent(percent: number | null | undefined): number | null {
  return percent === null || percent === undefined ? null : Number((percent * MILLI).toFixed(6));
}

function toSystemForm({ availabilityPercent, ownerUsername, ...input }: SystemContentInput): SystemForm {
  return {
    ownerUsername: ownerUsername ?? null,
    content: {
      ...input,
      description: input.description ?? null,
      filingNumber: input.filingNumber ?? null,
      filingOrgan: input.filingOrgan ?? null,
      filedOn: input.filedOn ?? null,
      assessedOn: input.assessedOn ?? null,
      assessmentResult: input.assessmentResult ?? null,
      cryptoAssessedOn: input.cryptoAssessedOn ?? null,
      cryptoResult: input.cryptoResult ?? null,
      cryptoNumber: input.cryptoNumber ?? null,
      dataClass: input.dataClass ?? null,
      availabilityMilliPercent: milliPercent(availabilityPercent),
      usersEstimate: input.usersEstimate ?? null,
      concurrencyEstimate: input.concurrencyEstimate ?? null,
      contacts: input.contacts.map(({ name, phone, role }) => ({ name, phone, role })),
      vendorCompany: input.vendorCompany ?? null,
    },
  };
}

function toProjectForm({ content, fileIds }: { content: ProjectContentInput; fileIds: string[] }): ProjectForm {
  return {
    fileIds: fileIds.map((id) => uuidOf('StoredFile', id)),
    content: {
      ...content,
      fundingMode: content.fundingMode ?? null,
      approvalNumber: content.approvalNumber ?? null,
      filingNumber: content.filingNumber ?? null,
      filedOn: content.filedOn ?? null,
      budgetCode: content.budgetCode ?? null,
      budgetLevelReason: content.budgetLevelReason ?? null,
      functionClass: content.functionClass ?? null,
      economicClass: content.economicClass ?? null,
      fundNature: content.fundNature ?? null,
      totalBudgetFen: content.totalBudgetFen ?? null,
    },
  };
}
