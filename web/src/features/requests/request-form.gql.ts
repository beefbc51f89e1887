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
      offers { id code name family architecture domesticCpu vcpu memoryMib accelerator acceleratorCount monthlyPrice }
      images { id code name architecture minimumDiskGib checksum }
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

/** What the form holds of a request: as many lines as a form has; of more lines what all of them come to. */
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
      plan { kind count lineCount localMode remoteMode }
      lineSets { kind serviceId serviceName lineCount }
      linePage(first: $formLines) {
        totalCount
        nodes {
          id
          index
          kind
          name
          count
          localMode
          remoteMode
          vm { zone storageTier diskGib offer { id } image { id } }
          server { offer { id } image { id } }
          cabinet { heightUnits powerW weightKg apart offer { id } }
          service { offer { id } answers { key value } }
          center { id }
          relations { kind line scope }
        }
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
      state
      purpose
      createdAt
      machineCount
      serverCount
      cabinetCount
      serviceCount
      project { id }
      system { id ...SystemOption }
      linePage(first: $likeLines) { nodes { id kind index vm { zone storageTier diskGib offer { id } image { id } } } }
    }
  `,
  [SystemOption],
);

/** A form that is still being filled in, as its window had it last. */
export const KeptForm = graphql(`
  fragment KeptForm on UnfinishedForm {
    id
    version
    savedAt
    keptUntil
    savedBy
    startKey
    requestVersion
    form
  }
`);

export const PackageContent = graphql(`
  fragment PackageContent on PackageContentNode {
    name
    summary
    lines {
      kind
      name
      count
      localMode
      remoteMode
      vm { offerId imageId zone storageTier diskGib }
      server { offerId imageId }
      cabinet { offerId heightUnits powerW weightKg }
      service { offerId answers { key value } }
    }
  }
`);

export const NewRequestPageQuery = graphql(
  `
    query NewRequestPage(
      $systemId: ID!
      $named: Boolean!
      $likeId: ID!
      $again: Boolean!
      $formId: ID!
      $goesOn: Boolean!
      $formLines: Int!
      $likeLines: Int!
    ) {
      ...RequestChoices
      mine: requests(first: 20, filter: { mine: true }, orderBy: NEWEST) {
        nodes { id ...PastRequest }
      }
      others: systems(first: 6) {
        nodes { id ...SystemOption }
      }
      system(id: $systemId) @include(if: $named) { id ...SystemOption }
      like: request(id: $likeId) @include(if: $again) { id ...RequestContent }
      kept: node(id: $formId) @include(if: $goesOn) { __typename id ...KeptForm }
      requestPackages { id state published { ...PackageContent } }
    }
  `,
  [RequestChoices, PastRequest, SystemOption, RequestContent, KeptForm, PackageContent],
);

export const EditRequestPageQuery = graphql(
  `
    query EditRequestPage($id: ID!, $formLines: Int!) {
      ...RequestChoices
      request(id: $id) { id ...RequestContent unfinishedForm { id ...KeptForm } }
    }
  `,
  [RequestChoices, RequestContent, KeptForm],
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
    yearlyCost addresses { count monthlyCost }
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
    budget { fundingMode budgetName year asked used available fits beyond { fundingMode budgetName year asked used available fits } }
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
        request { id version }
        ...RequestOutcome
      }
    }
  `,
  [RequestOutcome],
);

export const UpdateDraftMutation = graphql(
  `
    mutation UpdateRequestDraft($input: UpdateRequestDraftInput!) {
      outcome: updateRequestDraft(input: $input) {
        request { id version }
        ...RequestOutcome
      }
    }
  `,
  [RequestOutcome],
);

export const UnfinishedFormsQuery = graphql(
  `
    query UnfinishedForms {
      unfinishedForms { id ...KeptForm }
    }
  `,
  [KeptForm],
);

export const SaveFormMutation = graphql(
  `
    mutation SaveUnfinishedForm($input: SaveUnfinishedFormInput!) {
      outcome: saveUnfinishedForm(input: $input) {
        unfinishedForm { id version savedAt ...KeptForm }
        errors { ...UserErrorFields }
      }
    }
  `,
  [KeptForm, UserErrorFields],
);

export const DiscardFormMutation = graphql(
  `
    mutation DiscardUnfinishedForm($input: DiscardUnfinishedFormInput!) {
      outcome: discardUnfinishedForm(input: $input) {
        errors { ...UserErrorFields }
      }
    }
  `,
  [UserErrorFields],
);

// ---------- drafts of more lines than a form holds ----------
/** A page of one of the tables that the lines fill, as rows of cells. */
export const DraftLinesQuery = graphql(`
  query DraftLines($id: ID!, $kind: RequestLineKind!, $serviceId: ID, $first: Int!, $after: String) {
    request(id: $id) {
      id
      version
      lineTable(kind: $kind, serviceId: $serviceId, first: $first, after: $after) {
        totalCount
        pageInfo { hasNextPage endCursor }
        columns { key title required note choices }
        nodes { id number cells }
      }
    }
  }
`);

export const EditLineCellsMutation = graphql(
  `
    mutation EditRequestLineCells($input: EditRequestLineCellsInput!) {
      outcome: editRequestLineCells(input: $input) {
        request { id version monthlyCost machineCount serverCount cabinetCount serviceCount }
        rows { id number cells }
        problems { lineId column message }
        errors { ...UserErrorFields }
      }
    }
  `,
  [UserErrorFields],
);

export const UpdateHeadMutation = graphql(
  `
    mutation UpdateRequestHead($input: UpdateRequestHeadInput!) {
      outcome: updateRequestHead(input: $input) {
        request { id version }
        errors { ...UserErrorFields }
      }
    }
  `,
  [UserErrorFields],
);

export const RepeatRequestMutation = graphql(
  `
    mutation RepeatRequest($input: RepeatRequestInput!) {
      outcome: repeatRequest(input: $input) {
        request { id version }
        errors { ...UserErrorFields }
      }
    }
  `,
  [UserErrorFields],
);

/** Of many lines: what they cost, and whether they fit; of what stands in the way, a page. */
export const ManyLinesPreviewQuery = graphql(
  `
    query ManyLinesPreview($input: PreviewRequestInput!, $first: Int!, $after: String) {
      previewRequest(input: $input) {
        feasible
        monthlyCost
        yearlyCost
        budget { fundingMode budgetName year asked used available fits beyond { fundingMode budgetName year asked used available fits } }
        gates { key ...GateVerdictFields }
        quotas { level subjectName meter limit requested left fits }
        refusals(first: $first, after: $after) {
          totalCount
          pageInfo { hasNextPage endCursor }
          nodes { ...UserErrorFields }
        }
      }
    }
  `,
  [GateVerdictFields, UserErrorFields],
);

export const RemoveLinesMutation = graphql(
  `
    mutation RemoveRequestLines($input: RemoveRequestLinesInput!) {
      outcome: removeRequestLines(input: $input) {
        request { id version }
        errors { ...UserErrorFields }
      }
    }
  `,
  [UserErrorFields],
);

export const MoveLineMutation = graphql(
  `
    mutation MoveRequestLine($input: MoveRequestLineInput!) {
      outcome: moveRequestLine(input: $input) {
        request { id version }
        errors { ...UserErrorFields }
      }
    }
  `,
  [UserErrorFields],
);
