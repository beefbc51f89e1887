import { graphql } from '../../graphql/tada';
import { UserErrorFields } from '../../graphql/user-error.gql';
import { PreviewFields, RequestChoices, SystemOption } from './request-form.gql';

/** Machines of one line that change together, as they are now. */
export const ChangeGroupFields = graphql(
  `
    fragment ChangeGroupFields on ChangeGroup {
      name
      whole
      siblings
      localMode
      remoteMode
      owesShare
      errors { ...UserErrorFields }
      resources {
        id
        code
        name
        vcpu
        memoryMib
        diskGib
        storageTier
        management
        monthlyCost
        system { id name }
        project { id name }
        center { id name role }
        offer { id name architecture vcpu memoryMib accelerator acceleratorCount }
      }
    }
  `,
  [UserErrorFields],
);

/** A service that runs, as it is now. */
export const ChangeServiceFields = graphql(
  `
    fragment ChangeServiceFields on ChangeableService {
      id
      count
      monthlyCost
      answers { key value }
      errors { ...UserErrorFields }
      line { id name service { offer { id name } } }
      request { id code system { id name } project { id name } }
    }
  `,
  [UserErrorFields],
);

/** Servers or places of one line, as they are now. */
export const ChangeThingsFields = graphql(
  `
    fragment ChangeThingsFields on ChangeableThings {
      id
      count
      whole
      spots
      centerIds
      localMode
      remoteMode
      owesShare
      monthlyCost
      size { heightUnits powerW weightKg }
      errors { ...UserErrorFields }
      line { id name kind server { offer { id name } } cabinet { offer { id name zone } } }
      request { id code system { id name } project { id name } }
    }
  `,
  [UserErrorFields],
);

export const ChangeFormQuery = graphql(
  `
    query ChangeForm($resourceIds: [ID!]!, $lineIds: [ID!]!) {
      ...RequestChoices
      changeGroups(resourceIds: $resourceIds) { ...ChangeGroupFields }
      changeableServices(lineIds: $lineIds) { id ...ChangeServiceFields }
      changeableThings(lineIds: $lineIds) { id ...ChangeThingsFields }
    }
  `,
  [RequestChoices, ChangeGroupFields, ChangeServiceFields, ChangeThingsFields],
);

/** What of one system can be chosen to be changed. */
export const ChangeChoicesQuery = graphql(
  `
    query ChangeChoices($systemId: ID!, $filter: ResourceFilter) {
      system(id: $systemId) { id ...SystemOption }
      changeableServices(systemId: $systemId) { id ...ChangeServiceFields }
      changeableThings(systemId: $systemId) { id ...ChangeThingsFields }
      resources(first: 100, filter: $filter, orderBy: NAME) {
        totalCount
        nodes {
          id
          code
          name
          management
          origin
          vcpu
          memoryMib
          diskGib
          center { id name role }
          openChange { id code }
        }
      }
    }
  `,
  [SystemOption, ChangeServiceFields, ChangeThingsFields],
);

export const SavedChangeQuery = graphql(`
  query SavedChange($id: ID!) {
    request(id: $id) {
      id
      code
      version
      state
      nature
      purpose
      restartAgreed
      availableActions { action disabledReason }
      lines {
        id
        index
        localMode
        remoteMode
        center { id }
        count
        changedLineId
        vm { diskGib offer { id } }
        service { answers { key value } }
        server { offer { id } }
        cabinet { heightUnits powerW weightKg }
        fromLocalMode
        changes { id what resource { id } }
      }
    }
  }
`);

export const PreviewChangeQuery = graphql(
  `
    query PreviewChange($input: PreviewChangeInput!) {
      previewChange(input: $input) {
        restartCount
        liveCount
        preview { ...PreviewFields }
      }
    }
  `,
  [PreviewFields],
);

export const CreateChangeMutation = graphql(
  `
    mutation CreateChangeDraft($input: CreateChangeDraftInput!) {
      outcome: createChangeDraft(input: $input) {
        request { id version state }
        errors { ...UserErrorFields }
      }
    }
  `,
  [UserErrorFields],
);

export const UpdateChangeMutation = graphql(
  `
    mutation UpdateChangeDraft($input: UpdateChangeDraftInput!) {
      outcome: updateChangeDraft(input: $input) {
        request { id version state }
        errors { ...UserErrorFields }
      }
    }
  `,
  [UserErrorFields],
);
