import { graphql } from '../../graphql/tada';
import { UserErrorFields } from '../../graphql/user-error.gql';

export const GroupParts = graphql(`
  fragment GroupParts on CapacityReport {
    groups {
      architecture
      zone
      center { id name role }
      pools { id code }
      meters {
        meter
        total
        held
        allocated
        free
        perMonth
        daysToFull
        history { month amount }
      }
    }
  }
`);

export const LossParts = graphql(`
  fragment LossParts on CapacityReport {
    losses {
      carried
      systems
      lost { id name role }
      other { id name role }
      shortages { architecture zone meter needed free short }
      systemsShort { id name code }
    }
  }
`);

export const PlaceParts = graphql(`
  fragment PlaceParts on CapacityReport {
    space {
      zone
      cabinets
      totalUnits
      freeUnits
      powerLimitW
      powerW
      weightLimitGrams
      weightGrams
      center { id name role }
    }
    servers { architecture total free held inUse other center { id name role } }
  }
`);

export const EnergyParts = graphql(`
  fragment EnergyParts on Center {
    id
    name
    role
    energy(months: 24) {
      target
      totalPowerW
      itPowerW
      measuredAt
      months { month totalKwh itKwh pue knownHours hours source }
    }
  }
`);

export const CapacityPageQuery = graphql(
  `
    query CapacityPage($basedOn: Int!) {
      capacity(months: 24, basedOn: $basedOn) {
        ...GroupParts
        ...LossParts
        ...PlaceParts
      }
      centers { id ...EnergyParts }
    }
  `,
  [GroupParts, LossParts, PlaceParts, EnergyParts],
);

export const SetPueTargetMutation = graphql(
  `
    mutation SetPueTarget($input: SetPueTargetInput!) {
      setPueTarget(input: $input) { center { id ...EnergyParts } errors { ...UserErrorFields } }
    }
  `,
  [EnergyParts, UserErrorFields],
);

export const RecordEnergyMonthMutation = graphql(
  `
    mutation RecordEnergyMonth($input: RecordEnergyMonthInput!) {
      recordEnergyMonth(input: $input) { center { id ...EnergyParts } errors { ...UserErrorFields } }
    }
  `,
  [EnergyParts, UserErrorFields],
);
