import type { introspection_types } from './schema';

type EnumName = {
  [K in keyof introspection_types]: introspection_types[K] extends { enumValues: string } ? K : never;
}[keyof introspection_types];
type EnumValue<K extends EnumName> = introspection_types[K] extends { enumValues: infer V extends string } ? V : never;

export type Architecture = EnumValue<'Architecture'>;
export type CabinetFace = EnumValue<'CabinetFace'>;
export type CabinetHolderKind = EnumValue<'CabinetHolderKind'>;
export type CabinetHolderState = EnumValue<'CabinetHolderState'>;
export type CabinetOccupantKind = EnumValue<'CabinetOccupantKind'>;
export type CabinetOrder = EnumValue<'CabinetOrder'>;
export type CabinetStatus = EnumValue<'CabinetStatus'>;
export type CenterRole = EnumValue<'CenterRole'>;
export type ClusterReach = EnumValue<'ClusterReach'>;
export type ImportRowOutcome = EnumValue<'ImportRowOutcome'>;
export type ImportState = EnumValue<'ImportState'>;
export type NetworkZone = EnumValue<'NetworkZone'>;
export type OfferFamily = EnumValue<'OfferFamily'>;
export type PermissionAction = EnumValue<'PermissionAction'>;
export type PermissionObject = EnumValue<'PermissionObject'>;
export type PermissionScope = EnumValue<'PermissionScope'>;
export type PowerState = EnumValue<'PowerState'>;
export type RequestAction = EnumValue<'RequestAction'>;
export type RequestOrder = EnumValue<'RequestOrder'>;
export type RequestState = EnumValue<'RequestState'>;
export type ResourceAction = EnumValue<'ResourceAction'>;
export type ResourceOrder = EnumValue<'ResourceOrder'>;
export type ResourceState = EnumValue<'ResourceState'>;
export type StorageTier = EnumValue<'StorageTier'>;
