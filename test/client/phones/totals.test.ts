import fc from "fast-check";
import { afterEach, expect, it, vi } from "vitest";
import type { ShownRow } from "../../../templates/client/sync/shownRow";
import type { Policy } from "../../../templates/shared/policy";
import { fieldMerge } from "../../../templates/shared/policies/fieldMerge";
import { hlcWins } from "../../../templates/shared/policies/hlc";
import { lastWriteWins } from "../../../templates/shared/policies/lastWriteWins";
import { manual } from "../../../templates/shared/policies/manual";
import { maxWins } from "../../../templates/shared/policies/maxWins";
import { mobileWins } from "../../../templates/shared/policies/mobileWins";
import { serverWins } from "../../../templates/shared/policies/serverWins";
import { counter, note, set, text } from "./fields";
import { befall, mend, move, type Edit } from "./moves";
import { createPhones, type Phone } from "./phones";

afterEach(() => {
  vi.useRealTimers();
});

const policies: readonly Policy[] = [
  mobileWins,
  serverWins,
  lastWriteWins,
  hlcWins,
  fieldMerge,
  maxWins,
  manual,
];

it("I2, I8, I9: every step of a counter and every item of a set counts once, whatever happens", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...policies),
      fc.array(move, { minLength: 20, maxLength: 30 }),
      async (policy, moves) => {
        const run = await startRun(policy);
        for (const { phone, happens, pause } of moves) {
          const person = run.people[phone] as Person;
          if (happens.kind === "look")
            person.looked.push(await person.phone.shown("items", run.idOf(happens.item)));
          else if (happens.kind === "edit") await run.edit(person, happens);
          else await befall(person.phone, happens);
          if (pause !== null) await run.time.pass(pause);
        }
        await run.end();
      },
    ),
    { numRuns: 20 },
  );
});

interface Person {
  readonly name: string;
  readonly phone: Phone;
  /** Rows as they were shown when the person looked. */
  readonly looked: ShownRow[];
}

const tagsOf = (row: ShownRow) => row["tags"] as unknown as readonly string[];
const countOf = (row: ShownRow) => Number(row["count"]);
const inOrder = (tags: unknown) => [...(tags as Iterable<string>)].sort();

/** Two phones with two items, and what these have to hold in the end. */
async function startRun(policy: Policy) {
  const { time, phone, stored } = createPhones({
    items: {
      policy,
      options: { by: "rank" },
      fields: {
        name: text,
        note,
        rank: { kind: "integer", optional: true },
        count: counter,
        tags: set,
      },
    },
  });
  const first: Person = { name: "first", phone: await phone(), looked: [] };
  const second: Person = { name: "second", phone: await phone(), looked: [] };
  const people = [first, second];
  const items = first.phone.table("items");
  const ids = [(await items.create({ name: "a" })).clientId];
  ids.push((await items.create({ name: "b" })).clientId);
  await time.pass(3_000);
  const totals = new Map(ids.map((id) => [id, { count: 0, tags: new Set<string>() }]));
  const idOf = (item: number) => ids[item] as string;
  let edits = 0;

  /** Under `manual`, what others have edited as well would be a conflict: there it is counters and sets alone. */
  const plain = () => (policy === manual ? {} : { note: `note ${(edits += 1)}` });

  async function edit({ name, phone, looked }: Person, drawn: Edit): Promise<void> {
    const clientId = idOf(drawn.item);
    const live = await phone.shown("items", clientId);
    const before = looked.filter((row) => row.clientId === clientId);
    const old = drawn.looked === null ? undefined : before[drawn.looked % before.length];
    const row = old ?? live;
    const counted = drawn.counted ?? 0;
    const tag = drawn.tag === null ? null : `${name} ${drawn.tag}`;
    const isIn = tag !== null && tagsOf(row).includes(tag);
    const others = tagsOf(row).filter((other) => other !== tag);
    const values = {
      count: countOf(row) + counted,
      ...(tag !== null && { tags: isIn ? others : [...others, tag] }),
      ...(drawn.plain && plain()),
    };

    const given = old || drawn.byRow ? row : clientId;
    const other = { table: "items", row: idOf(1 - drawn.item), values: plain() };
    if (drawn.inBatch)
      await phone.batch([
        { table: "items", row: given, values },
        ...(policy === manual ? [] : [other]),
      ]);
    else await phone.table("items").update(given, values);

    const total = totals.get(clientId);
    if (total) total.count += counted;
    if (tag !== null) total?.tags[isIn ? "delete" : "add"](tag);
    if (old) return;
    const shown = await phone.shown("items", clientId);
    expect(countOf(shown)).toBe(values.count);
    expect(inOrder(tagsOf(shown))).toEqual(inOrder(values.tags ?? tagsOf(row)));
  }

  async function end(): Promise<void> {
    for (const { phone } of people) mend(phone);
    await time.pass(900_000);
    for (const { phone } of people)
      for (const { opId, state } of await phone.device.sync.issues()) {
        expect(state).toBe("superseded");
        await phone.device.sync.dismiss(opId);
      }
    await time.pass(60_000);
    const rows = await stored("items");
    for (const [clientId, { count, tags }] of totals) {
      expect(rows[clientId]).toMatchObject({ count });
      expect(inOrder(rows[clientId]?.["tags"])).toEqual(inOrder(tags));
      for (const { phone } of people)
        expect(await phone.shown("items", clientId)).toMatchObject({
          ...rows[clientId],
          syncStatus: "synced",
        });
    }
    for (const { phone } of people) expect(await phone.ops()).toEqual([]);
  }

  return { time, people, idOf, edit, end };
}
