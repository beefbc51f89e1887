import { graphql } from '../../graphql/tada';

export const SimulatorPageQuery = graphql(`
  query SimulatorPage {
    centers { id code name role life }
  }
`);

export const SimulationParts = graphql(`
  fragment SimulationParts on PlacementSimulation {
    feasible
    lines {
      index
      asked
      placed
      placements { count pool { id code center { id name role } } }
      checks { criterion text passed figures }
    }
    pools {
      machines
      runsOutFirst
      pool { id code architecture zone center { id name role } }
      meters { meter total freeBefore freeAfter }
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
