import { graphql } from '../../graphql/tada';
import { UserErrorFields } from '../../graphql/user-error.gql';

export const ImportKindChoice = graphql(`
  fragment ImportKindChoice on ImportKind {
    name
    title
    source
    xlsxTemplateUrl
    csvTemplateUrl
    columns { key title required note choices }
  }
`);

export const ImportKindsQuery = graphql(
  `
    query ImportKinds {
      importKinds { name ...ImportKindChoice }
    }
  `,
  [ImportKindChoice],
);

export const ImportRunRow = graphql(`
  fragment ImportRunRow on ImportRun {
    id
    state
    percent
    rowCount
    addedCount
    unchangedCount
    problemCount
    starterName
    startedAt
    appliedAt
    kind { name title }
    files { id name }
  }
`);

export const ImportListQuery = graphql(
  `
    query ImportList($first: Int!, $after: String, $kind: String) {
      importRuns(first: $first, after: $after, kind: $kind) {
        totalCount
        pageInfo { hasNextPage endCursor }
        nodes { id ...ImportRunRow }
      }
      importKinds { name title }
    }
  `,
  [ImportRunRow],
);

export const ImportFigures = graphql(`
  fragment ImportFigures on ImportRun { id rowCount addedCount unchangedCount problemCount }
`);

export const ImportProblems = graphql(`
  fragment ImportProblems on ImportRun {
    id
    problemCount
    problems { file row cell column message }
  }
`);

export const ImportSample = graphql(`
  fragment ImportSample on ImportRun {
    id
    rowCount
    kind { name columns { key title required note choices } }
    sample { row outcome cells }
  }
`);

/** Everything that the page of one run shows; query, acts and events carry it alike. */
export const ImportRunParts = graphql(
  `
    fragment ImportRunParts on ImportRun {
      id
      state
      percent
      version
      failure
      mayApply
      mayDiscard
      rowCount
      addedCount
      problemCount
      starterName
      startedAt
      appliedAt
      kind { name title page source }
      files { id name sizeBytes sm3 url }
      ...ImportFigures
      ...ImportProblems
      ...ImportSample
    }
  `,
  [ImportFigures, ImportProblems, ImportSample],
);

export const ImportPageQuery = graphql(
  `
    query ImportPage($id: ID!) {
      importRun(id: $id) { id ...ImportRunParts }
    }
  `,
  [ImportRunParts],
);

export const ImportRunChangedSubscription = graphql(
  `
    subscription ImportRunChanged($id: ID!) {
      importRunChanged(id: $id) {
        importRun { id ...ImportRunParts }
      }
    }
  `,
  [ImportRunParts],
);

export const StartImportMutation = graphql(
  `
    mutation StartImport($input: StartImportInput!) {
      startImport(input: $input) {
        importRun { id }
        errors { ...UserErrorFields }
      }
    }
  `,
  [UserErrorFields],
);

export const ApplyImportMutation = graphql(
  `
    mutation ApplyImport($input: ImportRunActInput!) {
      applyImport(input: $input) {
        importRun { id ...ImportRunParts }
        errors { ...UserErrorFields }
      }
    }
  `,
  [ImportRunParts, UserErrorFields],
);

export const DiscardImportMutation = graphql(
  `
    mutation DiscardImport($input: ImportRunActInput!) {
      discardImport(input: $input) {
        importRun { id ...ImportRunParts }
        errors { ...UserErrorFields }
      }
    }
  `,
  [ImportRunParts, UserErrorFields],
);
