import type { MixName } from "./mixes";
import { plantedDeviceBugs } from "./plantedDeviceBugs";
import { plantedScopeBugs } from "./plantedScopeBugs";
import { plantedServerBugs } from "./plantedServerBugs";
import { plantedShownBugs } from "./plantedShownBugs";
import { plantedUpdateBugs } from "./plantedUpdateBugs";

/** A mistake, planted in a copy of the engine to see whether the simulation notices. */
export interface PlantedBug {
  readonly name: string;
  /** Row of the catalogue of failures, or section of the protocol. */
  readonly row: string;
  /** Under `templates/`. */
  readonly file: string;
  readonly find: string;
  readonly replace: string;
  readonly mix: MixName;
}

export const plantedBugs: readonly PlantedBug[] = [
  ...plantedDeviceBugs,
  ...plantedShownBugs,
  ...plantedServerBugs,
  ...plantedUpdateBugs,
  ...plantedScopeBugs,
];
