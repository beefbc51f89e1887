import { graphql } from '../../graphql/tada';
import { UserErrorFields } from '../../graphql/user-error.gql';

export const PlanYearFacts = graphql(`
  fragment PlanYearFacts on PlanYear {
    year
    opensOn
    closesOn
    additionFrom
    note
    version
    open
  }
`);

export const PlanRow = graphql(`
  fragment PlanRow on Plan {
    id
    code
    kind
    year
    state
    stateSince
    version
    reason
    lineCount
    monthly
    department { id name }
    amounts { meter asked accepted }
    availableActions { action disabledReason }
  }
`);

export const PlanListQuery = graphql(
  `
    query PlanList($first: Int!, $after: String, $filter: PlanFilter, $year: Int!) {
      plans(first: $first, after: $after, filter: $filter) {
        totalCount
        pageInfo { hasNextPage endCursor }
        nodes { id ...PlanRow }
      }
      planYears { ...PlanYearFacts }
      planOverview(year: $year) {
        departments
        sums { state kind plans monthly unpriced }
      }
      viewer { id department { id name } }
    }
  `,
  [PlanRow, PlanYearFacts],
);

export const PlanLineRow = graphql(`
  fragment PlanLineRow on PlanLine {
    id
    position
    kind
    count
    vcpu
    memoryMib
    ssdGib
    hddGib
    architecture
    zone
    offerCode
    units
    powerW
    localMode
    remoteMode
    month
    reason
    acceptedCount
    reductionReason
    monthly
    yearly
    system { id code name }
  }
`);

export const PlanFacts = graphql(
  `
    fragment PlanFacts on Plan {
      id
      code
      kind
      year
      state
      stateSince
      version
      reason
      lineCount
      monthly
      yearly
      createdAt
      createdByName
      quotasSetAt
      editable
      reducible
      department { id name }
      planYear { ...PlanYearFacts }
      amounts { meter asked accepted }
      steps { round at actorName action opinion toState }
      availableActions { action disabledReason }
    }
  `,
  [PlanYearFacts],
);

/** Asked by the page alone: it reads every quota around the department. */
export const PlanQuotaOutlook = graphql(`
  fragment PlanQuotaOutlook on Plan {
    id
    quotaOutlook {
      withApproval
      changes { subjectName meter before after live }
      objections { code message path }
    }
  }
`);

export const PlanQuery = graphql(
  `
    query PlanPage($id: ID!, $first: Int!, $after: String) {
      plan(id: $id) {
        id
        ...PlanFacts
        ...PlanQuotaOutlook
        lines(first: $first, after: $after) {
          totalCount
          pageInfo { hasNextPage endCursor }
          nodes { id ...PlanLineRow }
        }
      }
    }
  `,
  [PlanFacts, PlanQuotaOutlook, PlanLineRow],
);

export const PlanOutcome = graphql(
  `
    fragment PlanOutcome on PlanPayload {
      plan { id ...PlanFacts }
      errors { ...UserErrorFields }
    }
  `,
  [PlanFacts, UserErrorFields],
);

export const PlanSystemsQuery = graphql(`
  query PlanSystems($search: String, $departmentId: ID) {
    systems(first: 20, search: $search, filter: { departmentId: $departmentId }) {
      nodes { id code name localMode remoteMode }
    }
  }
`);

export const PlanOffersQuery = graphql(`
  query PlanOffers {
    catalog {
      serverOffers { id code name }
      services { id code name }
    }
  }
`);

export const SavePlanYearMutation = graphql(
  `
    mutation SavePlanYear($input: SavePlanYearInput!) {
      outcome: savePlanYear(input: $input) {
        planYear { ...PlanYearFacts }
        errors { ...UserErrorFields }
      }
    }
  `,
  [PlanYearFacts, UserErrorFields],
);

export const CreatePlanMutation = graphql(
  `
    mutation CreatePlan($input: CreatePlanInput!) {
      outcome: createPlan(input: $input) {
        plan { id code }
        errors { ...UserErrorFields }
      }
    }
  `,
  [UserErrorFields],
);

export const SavePlanLineMutation = graphql(
  `
    mutation SavePlanLine($input: SavePlanLineInput!) {
      outcome: savePlanLine(input: $input) {
        plan { id ...PlanFacts }
        errors { ...UserErrorFields }
      }
    }
  `,
  [PlanFacts, UserErrorFields],
);

export const RemovePlanLinesMutation = graphql(
  `
    mutation RemovePlanLines($input: RemovePlanLinesInput!) {
      outcome: removePlanLines(input: $input) {
        plan { id ...PlanFacts }
        errors { ...UserErrorFields }
      }
    }
  `,
  [PlanFacts, UserErrorFields],
);

export const ReducePlanLineMutation = graphql(
  `
    mutation ReducePlanLine($input: ReducePlanLineInput!) {
      outcome: reducePlanLine(input: $input) {
        plan { id ...PlanFacts }
        errors { ...UserErrorFields }
      }
    }
  `,
  [PlanFacts, UserErrorFields],
);

export const DecidePlanMutation = graphql(
  `
    mutation DecidePlan($input: DecidePlanInput!) {
      outcome: decidePlan(input: $input) {
        plan { id ...PlanFacts }
        errors { ...UserErrorFields }
      }
    }
  `,
  [PlanFacts, UserErrorFields],
);

export const SetPlanQuotasMutation = graphql(
  `
    mutation SetPlanQuotas($input: SetPlanQuotasInput!) {
      outcome: setPlanQuotas(input: $input) {
        plan { id ...PlanFacts }
        errors { ...UserErrorFields }
      }
    }
  `,
  [PlanFacts, UserErrorFields],
);

export const ApprovePlansMutation = graphql(
  `
    mutation ApprovePlans($input: ApprovePlansInput!) {
      outcome: approvePlans(input: $input) {
        results {
          plan { id ...PlanRow }
          errors { code message }
        }
        errors { ...UserErrorFields }
      }
    }
  `,
  [PlanRow, UserErrorFields],
);

export const PlanUseRow = graphql(`
  fragment PlanUseRow on PlanUse {
    subjectId
    level
    name
    planned
    meters { meter planned used left over }
    department { id name level }
  }
`);

export const PlanUseQuery = graphql(
  `
    query PlanUsePage(
      $first: Int!
      $after: String
      $year: Int!
      $level: QuotaLevel!
      $departmentId: ID
      $search: String
    ) {
      planUse(first: $first, after: $after, year: $year, level: $level, departmentId: $departmentId, search: $search) {
        totalCount
        pageInfo { hasNextPage endCursor }
        nodes { ...PlanUseRow }
      }
      plansOver(year: $year, level: $level) { ...PlanUseRow }
      planYears { year }
    }
  `,
  [PlanUseRow],
);

export const PlanDemandQuery = graphql(`
  query PlanDemandPage($year: Int!, $basis: PlanDemandBasis!) {
    planDemand(year: $year, basis: $basis) {
      departments
      systems
      centers { id name role }
      rows {
        meter
        architecture
        zone
        either
        demanded
        free
        arriving
        short
        byMonth
        shortFrom
        centers {
          center { id name role }
          free
          arriving
          demanded
          short
        }
      }
    }
    planYears { year }
  }
`);
