import { graphql } from '../../graphql/tada';

export const CandidateParts = graphql(`
  fragment CandidateParts on PlacementCandidate {
    fits
    taken
    score
    balance
    fragmentation
    locality
    headroom
    refusedBy
    pool { id code center { id name role } }
  }
`);
