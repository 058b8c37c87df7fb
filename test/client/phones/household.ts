import { lastWriteWins } from "../../../templates/shared/policies/lastWriteWins";
import { maxWins } from "../../../templates/shared/policies/maxWins";
import { serverWins } from "../../../templates/shared/policies/serverWins";
import { note, text } from "./fields";
import { createPhones } from "./phones";

const list = { kind: "reference", optional: true, references: "lists" } as const;

/** Lists of a household with their items, its records, which have a natural key, and diaries that are everybody's own. */
export const createHousehold = () =>
  createPhones({
    lists: { scope: "household", policy: serverWins, fields: { name: text } },
    items: {
      scope: "household",
      policy: lastWriteWins,
      fields: { title: text, remark: note, list },
    },
    records: {
      scope: "household",
      policy: maxWins,
      uniqueBy: ["game"],
      options: { by: "points" },
      fields: { game: text, points: { kind: "integer", optional: false } },
    },
    diaries: { policy: lastWriteWins, fields: { title: text } },
  });

/** Ann and Bob, who share a household. */
export async function createCouple() {
  const phones = createHousehold();
  await phones.setAccess("ann", "home", "write");
  await phones.setAccess("bob", "home", "write");
  const ann = await phones.phone("ann");
  const bob = await phones.phone("bob");
  await phones.time.pass(1_000);
  return { phones, ann, bob };
}
