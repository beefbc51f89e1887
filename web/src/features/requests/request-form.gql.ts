import { graphql } from '../../graphql/tada';
import { UserErrorFields } from '../../graphql/user-error.gql';
import { GateVerdictFields } from '../../ui/gates/gates.gql';
import { RequestOutcome } from './requests.gql';

/** What the form chooses from. */
export const RequestChoices = graphql(`
  fragment RequestChoices on Query {
    catalog {
      diskGibMinimum
      diskGibMaximum
      countMaximum
      offers { id code name family architecture domesticCpu vcpu memoryMib monthlyPrice }
      images { id code name architecture minimumDiskGib }
    }
    centers { id code name role life }
  }
`);

export const SystemOption = graphql(`
  fragment SystemOption on System {
    id
    code
    name
    department { id name }
    projects { id code name budgetYear fundSource }
  }
`);

export const RequestContent = graphql(
  `
    fragment RequestContent on Request {
      id
      code
      version
      state
      purpose
      temporaryUntil
      system { id ...SystemOption }
      project { id }
      availableActions { action disabledReason }
      lines {
        id
        index
        kind
        name
        count
        vm { zone storageTier diskGib offer { id } image { id } }
        center { id }
        relations { kind line scope }
      }
    }
  `,
  [SystemOption],
);

export const NewRequestPageQuery = graphql(`query NewRequestPage { ...RequestChoices }`, [RequestChoices]);

export const EditRequestPageQuery = graphql(
  `
    query EditRequestPage($id: ID!) {
      ...RequestChoices
      request(id: $id) { id ...RequestContent }
    }
  `,
  [RequestChoices, RequestContent],
);

export const SystemSearchQuery = graphql(
  `
    query SystemSearch($search: String) {
      systems(first: 30, search: $search) {
        totalCount
        nodes { id ...SystemOption }
      }
    }
  `,
  [SystemOption],
);

export const PreviewFields = graphql(
  `
  fragment PreviewFields on RequestPreview {
    feasible
    monthlyCost
    yearlyCost
    lines {
      index
      feasible
      monthlyCost
      placements { count pool { id code center { id name role } } }
      checks { criterion text passed figures }
    }
    budget { fundingMode budgetName year asked used available fits }
    gates { key ...GateVerdictFields }
    quotas { level subjectName meter limit requested left fits }
    suggestions {
      kind
      lineIndex
      text
      count
      centerId
      offerId
      imageId
      zone
      storageTier
      diskGib
      withoutRelations
      monthlyCost
    }
    errors { ...UserErrorFields }
  }
`,
  [GateVerdictFields, UserErrorFields],
);

export const PreviewRequestQuery = graphql(
  `
    query PreviewRequest($input: PreviewRequestInput!) {
      previewRequest(input: $input) { ...PreviewFields }
    }
  `,
  [PreviewFields],
);

export const CreateDraftMutation = graphql(
  `
    mutation CreateRequestDraft($input: CreateRequestDraftInput!) {
      outcome: createRequestDraft(input: $input) {
        request { id version ...RequestContent }
        ...RequestOutcome
      }
    }
  `,
  [RequestContent, RequestOutcome],
);

export const UpdateDraftMutation = graphql(
  `
    mutation UpdateRequestDraft($input: UpdateRequestDraftInput!) {
      outcome: updateRequestDraft(input: $input) {
        request { id version ...RequestContent }
        ...RequestOutcome
      }
    }
  `,
  [RequestContent, RequestOutcome],
);
