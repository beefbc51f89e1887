import { graphql } from '../../graphql/tada';

export const ClusterHealthParts = graphql(`
  fragment ClusterHealthParts on ClusterHealth {
    center { id name role }
    cluster { id name reach observedAt }
    driven
    reportedAt
    driftsOpen
    quarantineNew
    unrecorded
    vitals {
      holder
      epoch
      version
      latencyMs
      breakerOpen
      tokens
      waiting
      delayed
      active
      failing
      oldestMs
      reconciles
      reconcileMs
      failures { failureClass count }
      servers { waiting delayed active failing oldestMs failures { failureClass count } }
      watches { kind complete objects heardAt }
    }
  }
`);

export const ClusterHealthQuery = graphql(
  `
    query ClusterHealth {
      clusterHealth { ...ClusterHealthParts }
    }
  `,
  [ClusterHealthParts],
);
