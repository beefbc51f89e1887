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
      serverOffers { id code name architecture cpuMaker cores memoryMib disks accelerator acceleratorCount monthlyPrice }
      cabinetOffers { id code name form zone heightUnits includedW monthlyPrice }
      services {
        id
        code
        name
        definition {
          id
          summary
          unit
          quantityMaximum
          monthlyPrice
          fulfilment
          fields { key label type required minimum maximum lengthMaximum choices { value label } }
        }
      }
    }
    centers { id code name role life }
  }
`);

export const SystemOption = graphql(`
  fragment SystemOption on System {
    id
    code
    name
    localMode
    remoteMode
    department { id name }
    projects { id code name budgetYear fundSource }
  }
`);

export const RequestContent = graphql(
  `
    fragment RequestContent on Request {
      id
      code
      nature
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
        localMode
        remoteMode
        vm { zone storageTier diskGib offer { id } image { id } }
        server { offer { id } }
        cabinet { heightUnits powerW weightKg offer { id } }
        service { offer { id } answers { key value } }
        center { id }
        relations { kind line scope }
      }
    }
  `,
  [SystemOption],
);

/** What the viewer asked for last, so that the next request can begin like it. */
export const PastRequest = graphql(
  `
    fragment PastRequest on Request {
      id
      code
      project { id }
      system { id ...SystemOption }
      lines { id kind index vm { zone storageTier diskGib offer { id } image { id } } }
    }
  `,
  [SystemOption],
);

export const NewRequestPageQuery = graphql(
  `
    query NewRequestPage($systemId: ID!, $named: Boolean!) {
      ...RequestChoices
      mine: requests(first: 20, filter: { mine: true }, orderBy: NEWEST) {
        nodes { id ...PastRequest }
      }
      others: systems(first: 6) {
        nodes { id ...SystemOption }
      }
      system(id: $systemId) @include(if: $named) { id ...SystemOption }
    }
  `,
  [RequestChoices, PastRequest, SystemOption],
);

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
      checks { criterion text passed figures }
      shares {
        share
        count
        owed
        standing
        feasible
        monthlyCost
        center { id name role }
        pools { count pool { id code } }
        checks { criterion text passed figures }
      }
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
