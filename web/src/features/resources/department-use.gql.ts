import { graphql } from '../../graphql/tada';

export const UseSumFields = graphql(`
  fragment UseSumFields on UseSum {
    machines
    seen
    cpuMean
    memoryMean
    idle
    idleMonthly
    oversized
    oversizedMonthly
  }
`);

export const DepartmentUseRow = graphql(`
  fragment DepartmentUseRow on DepartmentUse {
    department { id name }
    machines
    seen
    vcpu
    memoryMib
    cpuMean
    memoryMean
    idle
    idleMonthly
    oversized
    oversizedMonthly
  }
`);

export const DepartmentUseQuery = graphql(
  `
    query DepartmentUse($first: Int!, $after: String, $departmentId: ID, $orderBy: UseOrder) {
      departmentUses(first: $first, after: $after, departmentId: $departmentId, orderBy: $orderBy) {
        totalCount
        pageInfo { hasNextPage endCursor }
        nodes { ...DepartmentUseRow }
      }
      useTotal(departmentId: $departmentId) { windowDays ...UseSumFields }
    }
  `,
  [DepartmentUseRow, UseSumFields],
);
