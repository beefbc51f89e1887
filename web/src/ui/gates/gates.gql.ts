import { graphql } from '../../graphql/tada';

export const GateVerdictFields = graphql(`
  fragment GateVerdictFields on GateVerdict {
    key
    severity
    passed
    title
    text
    figures
    subjectType
    subjectId
    linkTo
  }
`);
