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

export const SpaceParts = graphql(`
  fragment SpaceParts on CapacityReport {
    space {
      zone
      cabinets
      amounts {
        resource
        total
        used
        held
        free
        reserved
        singleFed
        closed
        trend { perMonth daysToFull history { month amount } }
      }
      center { id name role }
    }
  }
`);

export const ServerParts = graphql(`
  fragment ServerParts on CapacityReport {
    servers {
      architecture
      total
      free
      held
      inUse
      other
      trend { perMonth daysToFull history { month amount } }
      center { id name role }
    }
    accelerators { kind name total free held inUse other center { id name role } }
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
      feeds { name powerW measuredAt }
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
        ...SpaceParts
        ...ServerParts
      }
      centers { id ...EnergyParts }
    }
  `,
  [GroupParts, LossParts, SpaceParts, ServerParts, EnergyParts],
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

export const ReadingSourceParts = graphql(`
  fragment ReadingSourceParts on ReadingSource {
    id
    name
    registeredAt
    registeredBy
    lastPushedAt
    lastReadingAt
    revokedAt
    revokedBy
    revokeReason
    centers { id name }
  }
`);

export const ReadingSourcesQuery = graphql(
  `
    query ReadingSources {
      readingSources { id ...ReadingSourceParts }
      centers { id name }
    }
  `,
  [ReadingSourceParts],
);

export const RegisterReadingSourceMutation = graphql(
  `
    mutation RegisterReadingSource($input: RegisterReadingSourceInput!) {
      outcome: registerReadingSource(input: $input) { token source { id ...ReadingSourceParts } errors { ...UserErrorFields } }
    }
  `,
  [ReadingSourceParts, UserErrorFields],
);

export const RevokeReadingSourceMutation = graphql(
  `
    mutation RevokeReadingSource($input: RevokeReadingSourceInput!) {
      revokeReadingSource(input: $input) { source { id ...ReadingSourceParts } errors { ...UserErrorFields } }
    }
  `,
  [ReadingSourceParts, UserErrorFields],
);
