/** The faults of the catalogue; what each one does is said where it is injected. */
export const faults = [
  "F1 request lost",
  "F2 answer lost",
  "F3 delivered twice",
  "F4 delayed",
  "F5 never answered",
  "F6 conflict retries exhausted",
  "F7 server crashed",
  "F8 server clock moved",
  "F9 device clock moved",
  "F10 killed",
  "F11 database busy",
  "F12 disk full",
  "F13 database unreadable",
  "F14 backup restored or cloned",
  "F15 server restored",
  "F16 token expired",
  "F17 user switched",
  "F18 row moved to another user",
  "F19 two runners",
  "F20 app upgraded with queued ops",
  "F21 tombstones collected",
  "F22 poison op",
  "F23 oversize",
  "F24 server code wrote",
  "F25 access changed",
  "F26 scope deleted",
  "F27 account deleted",
] as const;

export type Fault = (typeof faults)[number];

/** How often each fault happened. */
export type FaultCounts = Record<Fault, number>;

/** No fault so far. */
export function noFaults(): FaultCounts {
  // Safe: one entry for each fault.
  return Object.fromEntries(faults.map((fault) => [fault, 0])) as FaultCounts;
}
