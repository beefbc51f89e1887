import type {
  Architecture,
  LocalMode,
  NetworkZone,
  RemoteMode,
  RequestLineKind,
  StorageTier,
} from '../../graphql/enums';

type Common = {
  kind: RequestLineKind;
  count: number;
  centerId: string | null;
  localMode: LocalMode;
  remoteMode: RemoteMode;
};
type Machine = {
  vcpu: number;
  memoryMib: number;
  diskGib: number;
  storageTier: StorageTier;
  architecture: Architecture;
  zone: NetworkZone;
  domesticCpu: boolean;
  accelerator: string | null;
  acceleratorCount: number;
};
type Space = {
  zone: NetworkZone;
  heightUnits: number;
  powerW: number;
  weightKg: number;
  whole: boolean;
  apart: boolean;
};

/** What the API is asked: each line with the one part of its kind. */
export type WhatIfInput = (Common &
  (
    | { protectionLevel: number; vm: Machine }
    | { server: { offerId: string } }
    | { cabinet: Space }
    | { service: { offerId: string } }
  ))[];
