import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { PersonType } from '../identity/person.types.js';
import { MembershipType, UserNode } from '../identity/users.graphql.js';
import { RequestContext } from '../platform/graphql/request-context.js';
import { DepartmentsService } from './departments.service.js';
import { DepartmentNode } from './departments.types.js';

async function departmentOf(
  ctx: RequestContext,
  departments: DepartmentsService,
  id: string | null,
): Promise<DepartmentNode | null> {
  const department = id === null ? null : await ctx.loader(departments.departments).load(id);
  return department && new DepartmentNode(department);
}

@Resolver(() => UserNode)
export class UserDepartmentResolver {
  constructor(private readonly departments: DepartmentsService) {}

  @ResolveField(() => DepartmentNode, { nullable: true })
  department(@Context() ctx: RequestContext, @Parent() user: UserNode): Promise<DepartmentNode | null> {
    return departmentOf(ctx, this.departments, user.departmentId);
  }
}

@Resolver(() => PersonType)
export class PersonDepartmentResolver {
  constructor(private readonly departments: DepartmentsService) {}

  @ResolveField(() => DepartmentNode, { nullable: true })
  department(@Context() ctx: RequestContext, @Parent() person: PersonType): Promise<DepartmentNode | null> {
    return departmentOf(ctx, this.departments, person.departmentId);
  }
}

@Resolver(() => MembershipType)
export class MembershipDepartmentResolver {
  constructor(private readonly departments: DepartmentsService) {}

  @ResolveField(() => DepartmentNode, { nullable: true })
  department(@Context() ctx: RequestContext, @Parent() membership: MembershipType): Promise<DepartmentNode | null> {
    return departmentOf(ctx, this.departments, membership.departmentId);
  }
}
