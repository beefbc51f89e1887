import { graphql } from '../../graphql/tada';
import { ThreeCentersCenter } from '../../ui/three-centers/three-centers.gql';

export const SimulatorPageQuery = graphql(
  `
    query SimulatorPage {
      centers { id code name role life pools { id capacity { meter accelerator } } ...ThreeCentersCenter }
      catalog {
        serverOffers { id name cores memoryMib accelerator acceleratorCount }
        services { id name }
      }
    }
  `,
  [ThreeCentersCenter],
);

export const SimulationParts = graphql(`
  fragment SimulationParts on PlacementSimulation {
    feasible
    lines {
      index
      kind
      asked
      placed
      shares {
        share
        standing
        owed
        count
        feasible
        center { id name role }
        pools { count pool { id code } }
        checks { criterion text passed figures }
      }
      checks { criterion text passed figures }
      hints { text count centerId localMode remoteMode zone storageTier architecture apart }
    }
    pools {
      machines
      runsOutFirst
      pool { id code architecture zone center { id name role } }
      meters { meter total freeBefore freeAfter }
    }
    servers { freeBefore freeAfter away center { id name role } offer { id name } }
    spaces {
      zone
      center { id name role }
      cabinets { before after }
      units { before after }
      powerW { before after }
      weightKg { before after }
    }
    headroom {
      architecture
      zone
      vcpu
      memoryMib
      vcpuFree
      memoryMibFree
      kept
      center { id name role }
    }
  }
`);

export const SimulatePlacementQuery = graphql(
  `
    query SimulatePlacement($input: SimulatePlacementInput!) {
      simulatePlacement(input: $input) { ...SimulationParts }
    }
  `,
  [SimulationParts],
);
