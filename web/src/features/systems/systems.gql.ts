import { graphql } from '../../graphql/tada';
import { UserErrorFields } from '../../graphql/user-error.gql';
import { QuotaFigures } from '../../ui/quota/quota.gql';

export const SystemRow = graphql(`
  fragment SystemRow on System {
    id
    code
    name
    protectionLevel
    localMode
    remoteMode
    filed
    frozen
    declarationState
    declarationValidUntil
    dataClass
    criticalInfrastructure
    availabilityPercent
    department { id name }
    owner { username displayName active }
  }
`);

export const SystemListQuery = graphql(
  `
    query SystemList($first: Int!, $after: String, $search: String, $filter: SystemFilter) {
      systems(first: $first, after: $after, search: $search, filter: $filter) {
        totalCount
        pageInfo { hasNextPage endCursor }
        nodes { id ...SystemRow }
      }
    }
  `,
  [SystemRow],
);

export const SystemFacts = graphql(`
  fragment SystemFacts on System {
    id
    description
    localMode
    remoteMode
    availabilityPercent
    usersEstimate
    concurrencyEstimate
    vendorCompany
    department { id name }
    owner { username displayName active }
    contacts { name phone role }
  }
`);

export const SystemAssurance = graphql(`
  fragment SystemAssurance on System {
    id
    version
    editable
    protectionLevel
    filed
    filingNumber
    filingOrgan
    filedOn
    assessedOn
    assessmentResult
    cryptoAssessedOn
    cryptoResult
    cryptoNumber
    dataClass
    criticalInfrastructure
    sharesData
    declarationState
    declarationValidUntil
    declarationFile { id name url }
    reliabilityState
    reliabilityValidUntil
    reliabilityFile { id name url }
    reliabilityEntries { part product domestic reason }
  }
`);

export const SystemPeriods = graphql(`
  fragment SystemPeriods on System {
    id
    editable
    periods { from to project { id code name } }
  }
`);

export const SystemVendorStaff = graphql(`
  fragment SystemVendorStaff on System {
    id
    editable
    vendorCompany
    vendorStaff { id name phone company until hasAccount expired }
  }
`);

export const SystemGoLive = graphql(`
  fragment SystemGoLive on System {
    id
    name
    liveSince
    goLiveCases { id code state begunOn overOn liveSince }
  }
`);

/** Everything that the page of one system shows; the query and every act carry it alike. */
export const SystemParts = graphql(
  `
    fragment SystemParts on System {
      id
      code
      name
      version
      filed
      frozen
      liveSince
      editable
      quota { id ...QuotaFigures }
      ...SystemFacts
      ...SystemAssurance
      ...SystemPeriods
      ...SystemVendorStaff
      ...SystemGoLive
    }
  `,
  [QuotaFigures, SystemFacts, SystemAssurance, SystemPeriods, SystemVendorStaff, SystemGoLive],
);

export const SystemPageQuery = graphql(
  `
    query SystemPage($id: ID!) {
      system(id: $id) { id ...SystemParts }
    }
  `,
  [SystemParts],
);

export const SystemForm = graphql(`
  fragment SystemForm on System {
    id
    version
    editable
    code
    name
    protectionLevel
    localMode
    remoteMode
    description
    filingNumber
    filingOrgan
    filedOn
    assessedOn
    assessmentResult
    cryptoAssessedOn
    cryptoResult
    cryptoNumber
    dataClass
    criticalInfrastructure
    sharesData
    availabilityPercent
    usersEstimate
    concurrencyEstimate
    vendorCompany
    contacts { name phone role }
    owner { username }
  }
`);

export const EditSystemPageQuery = graphql(
  `
    query EditSystemPage($id: ID!) {
      system(id: $id) { id ...SystemForm }
    }
  `,
  [SystemForm],
);

/** Departments that one may register for: those of the tree, in its order. */
export const RegisterPageQuery = graphql(`
  query RegisterPage {
    viewer { id department { id level } }
    departments(first: 100) { nodes { id name level } }
  }
`);

export const RegisterSystemMutation = graphql(
  `
    mutation RegisterSystem($input: RegisterSystemInput!) {
      outcome: registerSystem(input: $input) {
        system { id ...SystemParts }
        errors { ...UserErrorFields }
      }
    }
  `,
  [SystemParts, UserErrorFields],
);

export const EditSystemMutation = graphql(
  `
    mutation EditSystem($input: EditSystemInput!) {
      outcome: editSystem(input: $input) {
        system { id ...SystemForm ...SystemParts }
        errors { ...UserErrorFields }
      }
    }
  `,
  [SystemForm, SystemParts, UserErrorFields],
);

export const DeclareMutation = graphql(
  `
    mutation DeclareNotClassified($input: DeclareNotClassifiedInput!) {
      outcome: declareNotClassified(input: $input) {
        system { id ...SystemParts }
        errors { ...UserErrorFields }
      }
    }
  `,
  [SystemParts, UserErrorFields],
);

export const StateReliabilityMutation = graphql(
  `
    mutation StateReliability($input: StateReliabilityInput!) {
      outcome: stateReliability(input: $input) {
        system { id ...SystemParts }
        errors { ...UserErrorFields }
      }
    }
  `,
  [SystemParts, UserErrorFields],
);

export const LinkProjectMutation = graphql(
  `
    mutation LinkProject($input: LinkProjectInput!) {
      outcome: linkProject(input: $input) {
        system { id ...SystemParts }
        errors { ...UserErrorFields }
      }
    }
  `,
  [SystemParts, UserErrorFields],
);

export const EndProjectLinkMutation = graphql(
  `
    mutation EndProjectLink($input: EndProjectLinkInput!) {
      outcome: endProjectLink(input: $input) {
        system { id ...SystemParts }
        errors { ...UserErrorFields }
      }
    }
  `,
  [SystemParts, UserErrorFields],
);

export const TakeBackProjectLinkMutation = graphql(
  `
    mutation TakeBackProjectLink($input: TakeBackProjectLinkInput!) {
      outcome: takeBackProjectLink(input: $input) {
        system { id ...SystemParts }
        errors { ...UserErrorFields }
      }
    }
  `,
  [SystemParts, UserErrorFields],
);

export const BindVendorStaffMutation = graphql(
  `
    mutation BindVendorStaff($input: BindVendorStaffInput!) {
      outcome: bindVendorStaff(input: $input) {
        system { id ...SystemParts }
        errors { ...UserErrorFields }
      }
    }
  `,
  [SystemParts, UserErrorFields],
);

export const UnbindVendorStaffMutation = graphql(
  `
    mutation UnbindVendorStaff($input: UnbindVendorStaffInput!) {
      outcome: unbindVendorStaff(input: $input) {
        system { id ...SystemParts }
        errors { ...UserErrorFields }
      }
    }
  `,
  [SystemParts, UserErrorFields],
);
