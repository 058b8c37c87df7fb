import { contentCases } from "./content.cases";
import { identityCases } from "./identity.cases";
import { trafficCases } from "./traffic.cases";

/** What a hostile, broken or outdated app may send for a table, and what becomes of it. */
export const abuseCases = {
  ...identityCases,
  ...contentCases,
  ...trafficCases,
};
