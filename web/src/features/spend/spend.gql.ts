import { graphql } from '../../graphql/tada';
import { UserErrorFields } from '../../graphql/user-error.gql';

export const SpendFiguresParts = graphql(`
  fragment SpendFiguresParts on SpendFigures { ceiling accepted deducted claimed paid }
`);

export const SupplierRow = graphql(`
  fragment SupplierRow on Supplier {
    id
    creditCode
    name
    contact
    phone
    sums { count ceiling paid }
  }
`);

export const SupplierListQuery = graphql(
  `
    query SupplierList($first: Int!, $after: String, $search: String) {
      suppliers(first: $first, after: $after, search: $search) {
        totalCount
        pageInfo { hasNextPage endCursor }
        nodes { id ...SupplierRow }
      }
    }
  `,
  [SupplierRow],
);

export const ContractRow = graphql(
  `
    fragment ContractRow on Contract {
      id
      number
      name
      kind
      from
      to
      state
      payable
      advance { outstanding }
      supplier { id name }
      figures { ...SpendFiguresParts ceiling accepted deducted claimed paid }
    }
  `,
  [SpendFiguresParts],
);

export const ContractListQuery = graphql(
  `
    query ContractList($first: Int!, $after: String, $filter: ContractFilter) {
      contracts(first: $first, after: $after, filter: $filter) {
        totalCount
        pageInfo { hasNextPage endCursor }
        nodes { id ...ContractRow }
      }
      contractTotals(filter: $filter) {
        count
        outstanding
        figures { ...SpendFiguresParts ceiling accepted deducted claimed paid }
      }
    }
  `,
  [ContractRow, SpendFiguresParts],
);

export const ContractEntryRow = graphql(`
  fragment ContractEntryRow on ContractEntry {
    id
    kind
    amount
    onDate
    from
    to
    voucher
    instalment
    advance
    note
    state
    version
    reversesId
    reversedById
    availableActions
    mayReverse
    hands { enteredBy enteredAt decidedBy decidedAt }
    files { id name url }
    assessment { month minutesOfMonth downMinutes excusedMinutes availability fee share ruleFrom }
    contract { id number name }
  }
`);

export const ContractParts = graphql(
  `
    fragment ContractParts on Contract {
      id
      number
      name
      kind
      from
      to
      note
      state
      version
      payable
      availableActions
      hands { enteredBy enteredAt decidedBy decidedAt }
      supplier { id name creditCode }
      figures { ...SpendFiguresParts ceiling accepted deducted claimed paid }
      services { position name unit unitPrice }
      shares { weight center { id name role } }
      instalments { position dueOn amount condition paid }
      assessmentRules { from cap contractCap bands { below deduct } }
      advance { limit advanced outstanding available }
      supplements {
        id
        number
        signedOn
        from
        reason
        state
        version
        availableActions
        hands { enteredBy enteredAt decidedBy decidedAt }
        terms { ceiling advanceLimit to services { name unit unitPrice } }
        former { ceiling advanceLimit to services { name unit unitPrice } }
      }
    }
  `,
  [SpendFiguresParts],
);

export const ContractPageQuery = graphql(
  `
    query ContractPage($id: ID!, $first: Int!, $after: String) {
      contract(id: $id) { id ...ContractParts }
      contractEntries(first: $first, after: $after, filter: { contractId: $id }) {
        totalCount
        pageInfo { hasNextPage endCursor }
        nodes { id ...ContractEntryRow }
      }
    }
  `,
  [ContractParts, ContractEntryRow],
);

export const EntryListQuery = graphql(
  `
    query ContractEntryList($first: Int!, $after: String, $filter: ContractEntryFilter) {
      contractEntries(first: $first, after: $after, filter: $filter) {
        totalCount
        pageInfo { hasNextPage endCursor }
        nodes { id ...ContractEntryRow }
      }
      contractEntrySums(filter: $filter) { confirmed waiting }
    }
  `,
  [ContractEntryRow],
);

export const NewContractQuery = graphql(`
  query NewContract($search: String) {
    suppliers(first: 20, search: $search) { nodes { id name creditCode } }
    centers { id code name role }
  }
`);

export const CreateSupplierMutation = graphql(
  `
    mutation CreateSupplier($input: CreateSupplierInput!) {
      outcome: createSupplier(input: $input) {
        supplier { id ...SupplierRow }
        errors { ...UserErrorFields }
      }
    }
  `,
  [SupplierRow, UserErrorFields],
);

export const EnterContractMutation = graphql(
  `
    mutation EnterContract($input: EnterContractInput!) {
      outcome: enterContract(input: $input) {
        contract { id }
        errors { ...UserErrorFields }
      }
    }
  `,
  [UserErrorFields],
);

export const ConfirmContractMutation = graphql(
  `
    mutation ConfirmContract($input: SpendActInput!) {
      outcome: confirmContract(input: $input) { contract { id ...ContractParts } errors { ...UserErrorFields } }
    }
  `,
  [ContractParts, UserErrorFields],
);

export const WithdrawContractMutation = graphql(
  `
    mutation WithdrawContract($input: SpendActInput!) {
      outcome: withdrawContract(input: $input) { contract { id ...ContractParts } errors { ...UserErrorFields } }
    }
  `,
  [ContractParts, UserErrorFields],
);

export const RecordAcceptanceMutation = graphql(
  `
    mutation RecordAcceptance($input: RecordAcceptanceInput!) {
      outcome: recordAcceptance(input: $input) { entry { id } errors { ...UserErrorFields } }
    }
  `,
  [UserErrorFields],
);

export const RecordDeductionMutation = graphql(
  `
    mutation RecordDeduction($input: RecordDeductionInput!) {
      outcome: recordDeduction(input: $input) { entry { id } errors { ...UserErrorFields } }
    }
  `,
  [UserErrorFields],
);

export const DeductionPreviewQuery = graphql(`
  query DeductionPreview($contractId: ID!, $month: String!, $downMinutes: Int!, $excusedMinutes: Int!) {
    previewDeduction(
      contractId: $contractId
      month: $month
      downMinutes: $downMinutes
      excusedMinutes: $excusedMinutes
    ) {
      assessment { availability fee share deduction }
      errors { message path }
    }
  }
`);

export const EnterPaymentMutation = graphql(
  `
    mutation EnterPayment($input: EnterPaymentInput!) {
      outcome: enterPayment(input: $input) { entry { id } errors { ...UserErrorFields } }
    }
  `,
  [UserErrorFields],
);

export const ReverseEntryMutation = graphql(
  `
    mutation ReverseContractEntry($input: ReverseEntryInput!) {
      outcome: reverseContractEntry(input: $input) { entry { id } errors { ...UserErrorFields } }
    }
  `,
  [UserErrorFields],
);

export const ConfirmEntryMutation = graphql(
  `
    mutation ConfirmContractEntry($input: SpendActInput!) {
      outcome: confirmContractEntry(input: $input) { entry { id ...ContractEntryRow } errors { ...UserErrorFields } }
    }
  `,
  [ContractEntryRow, UserErrorFields],
);

export const WithdrawEntryMutation = graphql(
  `
    mutation WithdrawContractEntry($input: SpendActInput!) {
      outcome: withdrawContractEntry(input: $input) { entry { id ...ContractEntryRow } errors { ...UserErrorFields } }
    }
  `,
  [ContractEntryRow, UserErrorFields],
);

export const OwnedAssetRow = graphql(`
  fragment OwnedAssetRow on OwnedAsset {
    id
    code
    name
    acquiredOn
    cost
    residual
    depreciatesFrom
    lifeMonths
    state
    version
    availableActions
    center { id name role }
    hands { enteredBy enteredAt decidedBy decidedAt }
    upkeeps { from maintenance power reason enteredBy }
    disposal {
      id
      disposedOn
      proceeds
      document
      reason
      state
      version
      writeDown
      availableActions
      hands { enteredBy enteredAt decidedBy decidedAt }
      reversal { id document state version availableActions hands { enteredBy enteredAt decidedBy decidedAt } }
    }
    thisMonth { month depreciation maintenance power netValue }
  }
`);

export const OwnedAssetListQuery = graphql(
  `
    query OwnedAssetList($first: Int!, $after: String, $search: String, $centerId: ID) {
      ownedAssets(first: $first, after: $after, search: $search, centerId: $centerId) {
        totalCount
        pageInfo { hasNextPage endCursor }
        nodes { id ...OwnedAssetRow }
      }
      centers { id code name role }
    }
  `,
  [OwnedAssetRow],
);

export const EnterOwnedAssetMutation = graphql(
  `
    mutation EnterOwnedAsset($input: EnterOwnedAssetInput!) {
      outcome: enterOwnedAsset(input: $input) { asset { id ...OwnedAssetRow } errors { ...UserErrorFields } }
    }
  `,
  [OwnedAssetRow, UserErrorFields],
);

export const ConfirmOwnedAssetMutation = graphql(
  `
    mutation ConfirmOwnedAsset($input: SpendActInput!) {
      outcome: confirmOwnedAsset(input: $input) { asset { id ...OwnedAssetRow } errors { ...UserErrorFields } }
    }
  `,
  [OwnedAssetRow, UserErrorFields],
);

export const WithdrawOwnedAssetMutation = graphql(
  `
    mutation WithdrawOwnedAsset($input: SpendActInput!) {
      outcome: withdrawOwnedAsset(input: $input) { asset { id ...OwnedAssetRow } errors { ...UserErrorFields } }
    }
  `,
  [OwnedAssetRow, UserErrorFields],
);

export const ChangeUpkeepMutation = graphql(
  `
    mutation ChangeAssetUpkeep($input: ChangeUpkeepInput!) {
      outcome: changeAssetUpkeep(input: $input) { asset { id ...OwnedAssetRow } errors { ...UserErrorFields } }
    }
  `,
  [OwnedAssetRow, UserErrorFields],
);
