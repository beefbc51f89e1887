import { graphql } from '../../graphql/tada';

/** One quota with what is used, held and left of it. */
export const QuotaFigures = graphql(`
  fragment QuotaFigures on Quota {
    id
    level
    name
    version
    editable
    meters { meter limit held allocated left }
  }
`);
